/** Writes rows of animelist.csv as bytes into a reused buffer, without a string for each row. */
import type { FileHandle } from 'node:fs/promises';
import type { DrawnList } from './taste.ts';

const HEADER = 'user_id,anime_id,rating,watching_status,watched_episodes\n';
const COMMA = 44;
const NEWLINE = 10;
const ZERO = 48;
/** Bytes of a row: 10 + 10 digits, rating 2, status 1, episodes 5, four commas, a newline. */
const LONGEST_ROW = 33;
const FULL = 1 << 22;

export class RowWriter {
  readonly #file: FileHandle;
  /** the digits of each title's id and a comma; those of title t are [start[t], start[t + 1]) */
  readonly #idDigits: Uint8Array;
  readonly #idStart: Uint32Array;
  #bytes: Buffer;
  #length: number;
  #rows = 0;

  constructor(file: FileHandle, animeIds: readonly number[]) {
    this.#file = file;
    const texts = animeIds.map((id) => `${id},`);
    this.#idDigits = new Uint8Array(Buffer.from(texts.join(''), 'latin1'));
    this.#idStart = new Uint32Array(animeIds.length + 1);
    texts.forEach((text, t) => {
      this.#idStart[t + 1] = this.#idStart[t] + text.length;
    });
    this.#bytes = Buffer.allocUnsafe(FULL + (1 << 16));
    this.#length = this.#bytes.write(HEADER, 'latin1');
  }

  /** How many rows were added. */
  get rows(): number {
    return this.#rows;
  }

  /** Whether it is time to `flush()`. */
  get isFull(): boolean {
    return this.#length >= FULL;
  }

  /** Appends the list of one person. */
  add(userId: number, list: DrawnList): void {
    this.#reserve(list.length * LONGEST_ROW);
    const user = new Uint8Array(Buffer.from(`${userId},`, 'latin1'));
    const digits = this.#idDigits;
    const start = this.#idStart;
    const { titles, ratings, statuses, watched } = list;
    const bytes = this.#bytes;
    let at = this.#length;
    for (let row = 0; row < list.length; row++) {
      for (let i = 0; i < user.length; i++) bytes[at++] = user[i];
      const end = start[titles[row] + 1];
      for (let i = start[titles[row]]; i < end; i++) bytes[at++] = digits[i];
      at = writeDigits(bytes, at, ratings[row]);
      bytes[at++] = COMMA;
      bytes[at++] = ZERO + statuses[row];
      bytes[at++] = COMMA;
      at = writeDigits(bytes, at, watched[row]);
      bytes[at++] = NEWLINE;
    }
    this.#length = at;
    this.#rows += list.length;
  }

  /** Writes the bytes to the file. */
  async flush(): Promise<void> {
    for (let from = 0; from < this.#length; ) {
      const { bytesWritten } = await this.#file.write(this.#bytes, from, this.#length - from);
      from += bytesWritten;
    }
    this.#length = 0;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(this.#length + more + FULL);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

/** @param value below 100,000 */
function writeDigits(bytes: Buffer, at: number, value: number): number {
  if (value < 10) {
    bytes[at] = ZERO + value;
    return at + 1;
  }
  const digits = value < 100 ? 2 : value < 1_000 ? 3 : value < 10_000 ? 4 : 5;
  for (let i = at + digits - 1; i >= at; i--) {
    const rest = (value / 10) | 0;
    bytes[i] = ZERO + value - 10 * rest;
    value = rest;
  }
  return at + digits;
}
