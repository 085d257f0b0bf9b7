/** Finds many phrases in a text at once, whatever its case, punctuation, plurals and possessives. */

/** "The Witches' time-machines" → the, witch, time, machine */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  const words = plain.replace(/['’]s?(?![\p{L}\p{N}])/gu, '').match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map(singular);
}

function singular(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x)es$/.test(word)) return word.slice(0, -2);
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

/** Phrases with what each of them means. */
export class PhraseTable<Meaning> {
  /** by the first word: the words of a phrase, and its meaning */
  readonly #byFirst = new Map<string, { words: readonly string[]; meaning: Meaning }[]>();

  add(phrase: string, meaning: Meaning): void {
    const words = wordsOf(phrase);
    const entry = { words, meaning };
    const others = this.#byFirst.get(words[0]);
    if (others) others.push(entry);
    else this.#byFirst.set(words[0], [entry]);
  }

  /** Calls `found` at each occurrence of each phrase, `at` being the place of its first word. */
  find(words: readonly string[], found: (meaning: Meaning, at: number) => void): void {
    for (let at = 0; at < words.length; at++)
      for (const { words: phrase, meaning } of this.#byFirst.get(words[at]) ?? [])
        if (phrase.every((word, n) => words[at + n] === word)) found(meaning, at);
  }
}
