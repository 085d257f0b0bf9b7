/** Cuts a text that arrives in pieces into sentences. */

/** A sentence longer than this is none. */
export const MOST_LETTERS = 400;

/** . ! ? before a space and what is no small letter; the Japanese ones before anything; closing marks belong to the sentence. */
const END = /(?:[。！？]+[」』）”"]*(?=[^。！？」』）”"])|[.!?…]+["”’')\]]*(?=\s+[^\s\p{Ll}]))/gu;
/** What a full stop follows without ending anything. */
const ABBREVIATION = /(?:\b(?:vs|etc|e\.g|i\.e|Mr|Mrs|Ms|Dr|St|No|Vol|ep|eps|approx)|\b[A-Z])\.$/;
const STOP = /[.!?…。！？]/u;

export class Sentences {
  #rest = '';
  /** names with a stop inside, which is not the end of a sentence: "Hibike! Euphonium" */
  readonly #names: readonly string[];

  constructor(names: readonly string[] = []) {
    this.#names = names.filter((name) => STOP.test(name)).map((name) => name.toLowerCase());
  }

  /** @returns the sentences that are now whole, with what separates them */
  push(piece: string): string[] {
    this.#rest += piece;
    const whole: string[] = [];
    let from = 0;
    for (const end of this.#rest.matchAll(END)) {
      const to = end.index + end[0].length;
      const sentence = this.#rest.slice(from, to);
      if (ABBREVIATION.test(sentence) || this.#isInsideName(end.index)) continue;
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

  /** Whether the stop belongs to a name that stands there, or may yet come to stand there. */
  #isInsideName(stop: number): boolean {
    const text = this.#rest.toLowerCase();
    return this.#names.some((name) => {
      for (let start = Math.max(0, stop - name.length + 2); start <= stop; start++) {
        const there = text.slice(start, start + name.length);
        if (start + there.length > stop + 1 && name.startsWith(there)) return true;
      }
      return false;
    });
  }
}
