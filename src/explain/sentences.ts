/** Splits a text that arrives in pieces into sentences. */

/** characters; longer text is not a sentence */
export const MAX_SENTENCE_LENGTH = 400;

/** . ! ? before a space and anything but a lower-case letter; 。！？ before anything. Closing marks belong to the sentence. */
const END = /(?:[。！？]+[」』）”"]*(?=[^。！？」』）”"])|[.!?…]+["”’')\]]*(?=\s+[^\s\p{Ll}]))/gu;
/** A full stop after these does not end a sentence. */
const ABBREVIATION = /(?:\b(?:vs|etc|e\.g|i\.e|Mr|Mrs|Ms|Dr|St|No|Vol|ep|eps|approx)|\b[A-Z])\.$/;
const STOP = /[.!?…。！？]/u;

export class Sentences {
  #rest = '';
  /** names that contain a stop, which does not end a sentence: "Hibike! Euphonium" */
  readonly #names: readonly string[];

  constructor(names: readonly string[] = []) {
    this.#names = names.filter((name) => STOP.test(name)).map((name) => name.toLowerCase());
  }

  /** @returns the sentences that are complete now, with the space between them */
  push(piece: string): string[] {
    this.#rest += piece;
    const complete: string[] = [];
    let from = 0;
    for (const end of this.#rest.matchAll(END)) {
      const to = end.index + end[0].length;
      const sentence = this.#rest.slice(from, to);
      if (ABBREVIATION.test(sentence) || this.#isInsideName(end.index)) continue;
      complete.push(sentence);
      from = to;
    }
    this.#rest = this.#rest.slice(from);
    return complete;
  }

  /** Characters of the incomplete sentence. */
  get pending(): number {
    return this.#rest.length;
  }

  /** The rest of a text that has ended; '' = nothing. */
  end(): string {
    const rest = this.#rest;
    this.#rest = '';
    return rest.trim() === '' ? '' : rest;
  }

  /** Whether the stop is inside a name, or may be once the rest of the name arrives. */
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
