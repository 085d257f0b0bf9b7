/** Cuts a text that arrives in pieces into sentences. */

/** A sentence longer than this is none. */
export const MOST_LETTERS = 400;

/** . ! ? with a space after them, the Japanese ones always; closing quotes and brackets belong to the sentence. */
const END = /(?:[。！？][」』）”"]*|[.!?…]+["”’')\]]*(?=\s))/gu;
/** What a full stop follows without ending anything. */
const ABBREVIATION = /(?:\b(?:vs|etc|e\.g|i\.e|Mr|Mrs|Ms|Dr|St|No|Vol|ep|eps|approx)|\b[A-Z])\.$/;

export class Sentences {
  #rest = '';

  /** @returns the sentences that are now whole, with what separates them */
  push(piece: string): string[] {
    this.#rest += piece;
    const whole: string[] = [];
    let from = 0;
    for (const end of this.#rest.matchAll(END)) {
      const to = end.index + end[0].length;
      const sentence = this.#rest.slice(from, to);
      if (ABBREVIATION.test(sentence)) continue;
      whole.push(sentence);
      from = to;
    }
    this.#rest = this.#rest.slice(from);
    return whole;
  }

  /** Letters of the sentence that is under way. */
  get waiting(): number {
    return this.#rest.length;
  }

  /** What is left when the text has ended; '' = nothing. */
  end(): string {
    const rest = this.#rest;
    this.#rest = '';
    return rest.trim() === '' ? '' : rest;
  }
}
