/**
 * The bytes of a file of ratings → checked rows; every physical line is accounted for.
 *
 * Most lines hold only digits and commas and are parsed straight from the bytes. Any other line is parsed as text, which
 * is slower and tells whether it is valid all the same ("7", 7.0, −1) or why it is not.
 * The rows and their account do not depend on where one chunk ends and the next begins.
 */
import { UnusableFileError } from '../../error.ts';
import { STATUS } from '../interactions.ts';
import { splitLine } from './csv.ts';
import { type CatalogueLayout, columnCount, type RatingLayout, ratingLayout } from './layout.ts';
import type { FileAccount, Reason } from './rejects.ts';

/** Receives the valid rows in the order of the file. */
export interface RowSink {
  add(userId: number, animeId: number, rating: number, status: number, episodes: number): void;
}

export interface RatingReaderOptions {
  readonly account: FileAccount;
  readonly catalogue: CatalogueLayout;
  /** known[animeId] = 1 for the titles of the catalogue */
  readonly known: Uint8Array;
  /** bytes of the whole file; null = not known before its end */
  readonly size: number | null;
  /** how many rows to read; 0 = all */
  readonly rows: number;
  /** stop as soon as more than this share is certain to be faulty; unknown titles do not count */
  readonly maxRejected: number;
  readonly sink: RowSink;
}

/** A longer line is rejected. */
const LONGEST_LINE = 1 << 20;
/** No header that is known is longer. */
const LONGEST_HEADER = 1000;
const NEWLINE = 10;
const RETURN = 13;
const COMMA = 44;
const STATUS_COLUMN = 3;
const MAX_INTEGER = 2 ** 31 - 1;
/** The shortest valid row: "1,1,1\n". */
const SHORTEST_ROW = 6;

export class RatingReader {
  readonly #options: RatingReaderOptions;
  /** one byte more than the longest line, for a newline where the last line has none */
  readonly #buffer = Buffer.allocUnsafe(LONGEST_LINE + 1);
  /** bytes in the buffer */
  #length = 0;
  /** bytes of the file that have been read and are no longer in the buffer */
  #passed = 0;
  #line = 1;
  /** whether to skip the rest of the current line: the header, or a line that is too long */
  #skipping = true;
  #header: { layout: RatingLayout; seenUnscored: boolean } | null = null;
  /** userId, animeId, rating, status, episodes of the current row */
  #row = new Int32Array(0);
  #isDone = false;
  readonly #limit: number;
  readonly #known: Uint8Array;
  readonly #sink: RowSink;

  constructor(options: RatingReaderOptions) {
    this.#options = options;
    this.#limit = options.rows || Number.POSITIVE_INFINITY;
    this.#known = options.known;
    this.#sink = options.sink;
  }

  /** Known after the first line. */
  get layout(): RatingLayout {
    if (!this.#header) throw new Error('The header has not been read yet');
    return this.#header.layout;
  }

  /** bytes of the lines that have been read; those after the last wanted row do not count */
  get bytes(): number {
    return this.#passed;
  }

  /**
   * Reads the rows of the next bytes.
   * @returns false when no more are wanted
   * @throws UnusableFileError when the header is unknown
   */
  push(chunk: Uint8Array): boolean {
    for (let at = 0; at < chunk.length; ) {
      const next = chunk.subarray(at, at + LONGEST_LINE - this.#length);
      this.#buffer.set(next, this.#length);
      this.#length += next.length;
      at += next.length;
      if (!this.#readHeader(false)) continue;
      this.#readLines();
      this.#isDone = this.#options.account.read >= this.#limit || this.#isHopeless();
      if (this.#isDone) return false;
    }
    return true;
  }

  /**
   * Reads the last line, when no newline ends it. Call it after the last byte.
   * @throws UnusableFileError when the file is empty
   */
  end(): void {
    if (this.#isDone) return;
    this.#readHeader(true);
    if (this.#length === 0) return;
    this.#buffer[this.#length++] = NEWLINE;
    this.#readLines();
    this.#passed--;
  }

  /** @returns whether it has been read */
  #readHeader(isEnd: boolean): boolean {
    if (this.#header) return true;
    const { account, catalogue } = this.#options;
    const bytes = this.#buffer.subarray(0, this.#length);
    const newline = bytes.indexOf(NEWLINE);
    if (newline < 0 && bytes.length < LONGEST_HEADER && !isEnd) return false;
    if (bytes.length === 0)
      throw new UnusableFileError(`${account.file} is empty: get the file again from the data set`);
    const stop = Math.min(newline < 0 ? bytes.length : newline, LONGEST_HEADER);
    const text = bytes.toString('utf8', 0, stop).replace(/^\uFEFF|\r$/g, '');
    const layout = ratingLayout(account.file, text);
    this.#header = { layout, seenUnscored: layout === 'ratings' && catalogue === '2016' };
    this.#row = new Int32Array(columnCount(layout));
    return true;
  }

  /** Parses the complete lines and keeps the rest for the next chunk. */
  #readLines(): void {
    const buffer = this.#buffer;
    const end = buffer.subarray(0, this.#length).lastIndexOf(NEWLINE) + 1;
    let at = this.#startOfLine(end);
    const { account } = this.#options;
    const row = this.#row;
    while (at < end && account.read < this.#limit) {
      this.#line++;
      account.read++;
      let next = readDigits(buffer, at, row);
      if (next >= 0) this.#check(row, buffer, at, next - 1);
      else {
        next = buffer.indexOf(NEWLINE, at) + 1;
        this.#readText(buffer.subarray(at, next - 1));
      }
      at = next;
    }
    buffer.copyWithin(0, at, this.#length);
    this.#length -= at;
    this.#passed += at;
  }

  /** Skips the rest of the header or of a line that is too long. @returns where the next line starts */
  #startOfLine(end: number): number {
    if (this.#skipping) {
      if (end === 0) return this.#length;
      this.#skipping = false;
      return this.#buffer.indexOf(NEWLINE) + 1;
    }
    if (end > 0 || this.#length < LONGEST_LINE) return 0;
    this.#line++;
    this.#options.account.read++;
    this.#reject('line too long', this.#buffer.subarray(0, 1000));
    this.#skipping = true;
    return this.#length;
  }

  /** A line that is not all digits: another way to write numbers, or a faulty row. */
  #readText(bytes: Buffer): void {
    const row = this.#parseText(bytes);
    if (typeof row === 'string') this.#reject(row, bytes);
    else this.#check(row, bytes, 0, bytes.length);
  }

  /** The numbers of a line, or why they cannot be used. */
  #parseText(bytes: Buffer): number[] | Reason {
    const text = decodeUtf8(bytes);
    if (text === null) return 'broken encoding';
    const fields = splitLine(text.replace(/\r$/, ''));
    if (!fields) return 'broken quoting';
    if (fields.length !== this.#row.length) return 'wrong number of fields';
    const row = fields.map(parseInteger);
    if (row.includes(Number.NaN)) return 'not a number';
    if (row[2] === -1 && this.#header?.seenUnscored) row[2] = 0;
    if (row[2] < 0 || row[2] > 10) return 'rating out of range';
    const tooFar = row.some(
      (number, column) =>
        Math.abs(number) > MAX_INTEGER || (number < 0 && column !== STATUS_COLUMN),
    );
    return tooFar ? 'number out of range' : row;
  }

  /** Accepts or rejects a row of numbers; [from, to) of `bytes` is its text. */
  #check(row: ArrayLike<number>, bytes: Buffer, from: number, to: number): void {
    const animeId = row[1];
    const rating = row[2];
    if (rating > 10) this.#reject('rating out of range', bytes.subarray(from, to));
    else if (this.#known[animeId] !== 1) this.#reject('unknown anime_id', bytes.subarray(from, to));
    // a row of the layout without a status
    else if (row.length <= STATUS_COLUMN)
      this.#sink.add(row[0], animeId, rating, STATUS.completed, 0);
    else this.#sink.add(row[0], animeId, rating, this.#statusOf(row), row[4]);
  }

  #statusOf(row: ArrayLike<number>): number {
    const status = row[STATUS_COLUMN];
    if (status >= 1 && status <= 6 && status !== 5) return status;
    // the data set also has 0, 5, 33 and 55, which mean nothing
    this.#options.account.settledStatuses++;
    return row[2] > 0 || row[4] > 0 ? STATUS.completed : STATUS.plan_to_watch;
  }

  #reject(reason: Reason, bytes: Buffer): void {
    this.#options.account.reject(
      this.#line,
      reason,
      bytes.toString('utf8', 0, 1000).replace(/\r$/, ''),
    );
  }

  /** Whether there are too many faulty rows even if all others are valid. */
  #isHopeless(): boolean {
    const { account, maxRejected, size } = this.#options;
    const rest = size === null ? Number.POSITIVE_INFINITY : (size - this.#passed) / SHORTEST_ROW;
    return account.faulty > maxRejected * Math.min(this.#limit, account.read + rest);
  }
}

/**
 * Parses a line of comma-separated digits into `row`.
 * @returns where the next line starts, or −1 for any other line
 */
function readDigits(bytes: Uint8Array, at: number, row: Int32Array): number {
  const last = row.length - 1;
  for (let column = 0; ; column++) {
    const from = at;
    let value = 0;
    let digit = bytes[at++] - 48;
    // unsigned, so that characters before "0" are large as well
    while (digit >>> 0 <= 9) {
      value = (Math.imul(value, 10) + digit) | 0;
      digit = bytes[at++] - 48;
    }
    // any nine digits fit in 32 bits
    const digits = at - from - 1;
    if (digits === 0 || digits > 9) return -1;
    row[column] = value;
    if (column === last) break;
    if (digit !== COMMA - 48) return -1;
  }
  if (bytes[at - 1] === RETURN) at++;
  return bytes[at - 1] === NEWLINE ? at : -1;
}

/** A whole number, also written as `7.0`; NaN for anything else. */
function parseInteger(text: string): number {
  const [, digits] = /^\s*([+-]?\d{1,15})(?:\.0*)?\s*$/.exec(text) ?? [];
  return digits === undefined ? Number.NaN : Number(digits);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}
