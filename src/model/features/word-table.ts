/**
 * Words of texts as numbers, without making a string of each: a synopsis is read character by character, and a word
 * met before is found by its hash (FNV-1a over UTF-16 units, open addressing).
 *
 * A word is a letter and at least two letters, apostrophes or hyphens: /\p{L}[\p{L}'’-]{2,}/gu.
 */
const OTHER = 0;
const LETTER = 1;
const JOINER = 2;

const SHORTEST = 3;

export class WordTable {
  readonly #words: string[] = [];
  readonly #numbers: number[] = [];
  readonly #hashes: number[] = [];
  /** 1 + the place of a word in the lists above; 0 = free. A power of two, at most half full */
  #slots = new Uint32Array(1 << 12);

  /** @param number what a new word stands for; below 0: it is passed over */
  constructor(private readonly number: (word: string) => number) {}

  /** Appends the numbers of the words of `text` to `out`. */
  read(text: string, out: number[]): void {
    let start = -1;
    let letters = 0;
    let hash = FNV_BASIS;
    for (let at = 0; at <= text.length; at++) {
      const unit = at < text.length ? text.charCodeAt(at) : 0x20;
      const kind = CLASSES[unit] === SURROGATE ? surrogateKind(text, at) : CLASSES[unit];
      if (kind === LETTER || (kind === JOINER && start >= 0)) {
        if (start < 0) start = at;
        if (!isSecondHalf(unit)) letters++;
        hash = Math.imul(hash ^ unit, FNV_PRIME);
        continue;
      }
      if (letters >= SHORTEST) {
        const number = this.#numberOf(text, start, at, hash);
        if (number >= 0) out.push(number);
      }
      start = -1;
      letters = 0;
      hash = FNV_BASIS;
    }
  }

  #numberOf(text: string, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const place = this.#slots[slot] - 1;
      if (this.#hashes[place] === hash && isAt(this.#words[place], text, from, to))
        return this.#numbers[place];
    }
    const word = text.slice(from, to);
    const number = this.number(word);
    this.#words.push(word);
    this.#hashes.push(hash);
    this.#numbers.push(number);
    this.#slots[slot] = this.#words.length;
    if (2 * this.#words.length > this.#slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    const slots = new Uint32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (const [place, hash] of this.#hashes.entries()) {
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = place + 1;
    }
    this.#slots = slots;
  }
}

const FNV_BASIS = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

const SURROGATE = 3;

/** What each UTF-16 unit is. */
const CLASSES = Uint8Array.from({ length: 65_536 }, (_, unit) => {
  if (unit >= 0xd800 && unit < 0xe000) return SURROGATE;
  const character = String.fromCharCode(unit);
  if (/[’'-]/.test(character)) return JOINER;
  return /\p{L}/u.test(character) ? LETTER : OTHER;
});

/** Half of a letter beyond the first 65,536 characters, or of something else. */
function surrogateKind(text: string, at: number): number {
  const first = isSecondHalf(text.charCodeAt(at)) ? at - 1 : at;
  return /^\p{L}/u.test(text.slice(Math.max(0, first), first + 2)) ? LETTER : OTHER;
}

function isSecondHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

function isAt(word: string, text: string, from: number, to: number): boolean {
  if (word.length !== to - from) return false;
  for (let i = 0; i < word.length; i++)
    if (word.charCodeAt(i) !== text.charCodeAt(from + i)) return false;
  return true;
}
