/**
 * Bounds on a JSON text, checked in one pass over its bytes before anything parses it. JSON.parse takes long over few
 * kinds of text: deep ones (4 MB of "[", which compress to 4 kB, take half a second), millions of tiny values, many
 * different names, and long numbers. No request that makes sense comes near any of these bounds.
 */
import { randomInt } from 'node:crypto';
import { MAX_RATINGS } from '../../recommend/profile.ts';
import { TimeSlice } from '../../time-slice.ts';
import { Problem } from './problem.ts';

export interface JsonBounds {
  /** objects and lists within each other */
  readonly depth: number;
  /** of every kind, the text itself included; an empty list or object counts twice */
  readonly values: number;
  /** different names of fields */
  readonly names: number;
  /** numbers of more than LONG_NUMBER characters */
  readonly longNumbers: number;
}

export const BODY_BOUNDS: JsonBounds = {
  // The deepest schema has five.
  depth: 32,
  // The longest list of ratings has four a title: the object, its id, its rating, its status.
  values: 4 * MAX_RATINGS + 10_000,
  // All schemas together have fewer than a hundred.
  names: 1000,
  longNumbers: 1000,
};
/** Characters. JSON.stringify writes 24 at most; longer numbers are read ten times as slowly. */
const LONG_NUMBER = 24;
/** Bytes that are scanned between two looks at the clock: about .1 ms. */
const STEP = 1 << 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/** What a byte outside strings means to the scan; 0 = nothing. */
const KIND = { string: 1, comma: 2, colon: 3, opening: 4, closing: 5 } as const;
const KINDS = new Uint8Array(256);
for (const [kind, characters] of [
  [KIND.string, '"'],
  [KIND.comma, ','],
  [KIND.colon, ':'],
  [KIND.opening, '{['],
  [KIND.closing, '}]'],
] as const)
  for (const character of characters) KINDS[character.charCodeAt(0)] = kind;

/**
 * Checks a whole text, and lets the event loop run meanwhile.
 * @param part of the request that it is
 * @throws Problem 400 that names the bound
 */
export async function checkJsonBounds(bytes: Buffer, part = 'body'): Promise<void> {
  const scan = new BoundsScan(bytes, BODY_BOUNDS, part);
  const slice = new TimeSlice();
  for (let to = STEP; !scan.advance(to); to += STEP) if (slice.over) await slice.next();
}

/** What is not JSON is passed over: the parser says so. */
export class BoundsScan {
  readonly #bounds: JsonBounds;
  readonly #part: string;
  readonly #bytes: Buffer;
  #at = 0;
  #depth = 0;
  #values = 1;
  #longNumbers = 0;
  /** hashes of the names so far */
  readonly #names = new Set<number>();
  /** of the string read last: its first byte, and the quote that ends it */
  #stringFrom = 0;
  #stringEnd = 0;
  /** behind the last byte that is not part of a number */
  #numberFrom = 0;

  constructor(bytes: Buffer, bounds: JsonBounds, part = 'text') {
    this.#bytes = bytes;
    this.#bounds = bounds;
    this.#part = part;
  }

  /** Scans at least up to `to`. @returns whether the text has ended @throws Problem 400 */
  advance(to: number): boolean {
    const bytes = this.#bytes;
    const end = Math.min(to, bytes.length);
    let at = this.#at;
    for (; at < end; at++) {
      const kind = KINDS[bytes[at]];
      if (kind === 0) continue;
      if (kind === KIND.string) {
        this.#stringFrom = at + 1;
        at = endOfString(bytes, at);
        this.#stringEnd = at;
      } else {
        if (at - this.#numberFrom > LONG_NUMBER) this.#endNumber(at);
        this.#count(kind);
      }
      this.#numberFrom = at + 1;
    }
    this.#at = at;
    return at >= bytes.length;
  }

  #count(kind: number): void {
    if (kind === KIND.comma) this.#addValue();
    else if (kind === KIND.colon) this.#addName();
    else if (kind === KIND.opening) this.#open();
    else this.#depth--;
  }

  #open(): void {
    const { depth } = this.#bounds;
    if (++this.#depth > depth)
      throw this.#refusal(`is more than ${depth} levels deep; nothing here goes so deep`);
    this.#addValue();
  }

  #addValue(): void {
    const { values } = this.#bounds;
    if (++this.#values > values)
      throw this.#refusal(`has more than ${values} values; the longest list of ratings has fewer`);
  }

  #addName(): void {
    const { names } = this.#bounds;
    this.#names.add(hash(this.#bytes, this.#stringFrom, this.#stringEnd));
    // Once each: in "long name":::::: it would be read for every colon.
    this.#stringFrom = this.#stringEnd;
    if (this.#names.size > names)
      throw this.#refusal(`has more than ${names} different names. Send lists as lists`);
  }

  /** @param end behind something that is long enough, spaces included */
  #endNumber(end: number): void {
    let [from, to] = [this.#numberFrom, end];
    while (from < to && this.#bytes[from] <= SPACE) from++;
    while (to > from && this.#bytes[to - 1] <= SPACE) to--;
    const { longNumbers } = this.#bounds;
    if (to - from > LONG_NUMBER && ++this.#longNumbers > longNumbers)
      throw this.#refusal(`has more than ${longNumbers} numbers of over ${LONG_NUMBER} characters`);
  }

  #refusal(what: string): Problem {
    return new Problem(400, `The ${this.#part} ${what}`, this.#part);
  }
}

/** The place of the quote that ends the string that begins at `at`. */
function endOfString(bytes: Buffer, at: number): number {
  for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
  return at;
}

/** Odd, and other in each process, so that nobody can find names that it takes for one. */
const MULTIPLIER = 2 * randomInt(2 ** 20, 2 ** 30) + 1;

function hash(bytes: Buffer, from: number, to: number): number {
  let value = to - from;
  for (let at = from; at < to; at++) value = (Math.imul(value, MULTIPLIER) + bytes[at]) | 0;
  return value;
}
