/**
 * A file of ratings → checked rows; every physical line is accounted for.
 *
 * Most lines hold only digits and commas and are parsed straight from the bytes. Any other line is parsed as text, which
 * is slower and tells whether it is valid all the same ("7", 7.0, −1) or why it is not.
 * Reading is synchronous, because the rows are pulled by callbacks of DuckDB, which cannot wait.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { OsusumeError } from '../../error.ts';
import { STATUS } from '../interactions.ts';
import { splitLine } from './csv.ts';
import { type CatalogueLayout, columnCount, type RatingLayout, ratingLayout } from './layout.ts';
import type { FileAccount, Reason } from './rejects.ts';

/** Receives the valid rows in the order of the file. */
export interface RowSink {
  add(userId: number, animeId: number, rating: number, status: number, episodes: number): void;
}

export interface RatingReaderOptions {
  readonly path: string;
  readonly account: FileAccount;
  readonly catalogue: CatalogueLayout;
  /** known[animeId] = 1 for the titles of the catalogue */
  readonly known: Uint8Array;
  /** how many rows to read; 0 = all */
  readonly rows: number;
  /** stop as soon as more than this share is certain to be faulty; unknown titles do not count */
  readonly maxRejected: number;
  readonly sink: RowSink;
}

/** A longer line is rejected. */
const CHUNK = 1 << 20;
const NEWLINE = 10;
const RETURN = 13;
const COMMA = 44;
const STATUS_COLUMN = 3;
const MAX_INTEGER = 2 ** 31 - 1;
/** The shortest valid row: "1,1,1\n". */
const SHORTEST_ROW = 6;

export class RatingReader {
  readonly layout: RatingLayout;
  readonly size: number;
  /** bytes read so far */
  bytes = 0;
  readonly #options: RatingReaderOptions;
  readonly #file: number;
  /** one byte more than a chunk, for a newline where the last line has none */
  readonly #buffer = Buffer.allocUnsafe(CHUNK + 1);
  #length = 0;
  /** end of the complete lines in the buffer */
  #end: number;
  #line = 1;
  /** whether to skip the rest of the current line: the header, or a line that is too long */
  #skipping = true;
  #ended = false;
  #done = false;
  /** userId, animeId, rating, status, episodes of the current row */
  readonly #row: Int32Array;
  readonly #limit: number;
  readonly #seenUnscored: boolean;
  readonly #known: Uint8Array;
  readonly #sink: RowSink;

  /** @throws OsusumeError when the file is empty or its header is unknown */
  constructor(options: RatingReaderOptions) {
    this.#options = options;
    this.#limit = options.rows || Number.POSITIVE_INFINITY;
    this.#known = options.known;
    this.#sink = options.sink;
    this.#file = openSync(options.path, 'r');
    try {
      this.size = fstatSync(this.#file).size;
      this.#end = this.#fill();
      this.layout = this.#readHeader();
    } catch (error) {
      closeSync(this.#file);
      throw error;
    }
    this.#row = new Int32Array(columnCount(this.layout));
    this.#seenUnscored = this.layout === 'ratings' && options.catalogue === '2016';
  }

  /** Reads the next megabyte. @returns false at the end */
  readChunk(): boolean {
    if (this.#done) return false;
    this.#readLines(this.#end);
    const enough = this.#options.account.read >= this.#limit;
    if (enough || this.#ended || this.#isHopeless()) this.#done = true;
    if (!this.#done) this.#end = this.#fill();
    return !this.#done;
  }

  close(): void {
    closeSync(this.#file);
  }

  #readHeader(): RatingLayout {
    const { account } = this.#options;
    if (this.#length === 0)
      throw new OsusumeError(`${account.file} is empty: get the file again from the data set`);
    const newline = this.#buffer.subarray(0, this.#length).indexOf(NEWLINE);
    const stop = Math.min(newline < 0 ? this.#length : newline, 1000);
    const header = this.#buffer.toString('utf8', 0, stop).replace(/^\uFEFF|\r$/g, '');
    return ratingLayout(account.file, header);
  }

  /** Appends a chunk to the rest of the last one. @returns the end of the complete lines; 0 = none */
  #fill(): number {
    const buffer = this.#buffer;
    const count = readSync(this.#file, buffer, this.#length, CHUNK - this.#length, null);
    this.bytes += count;
    this.#length += count;
    if (count === 0) {
      this.#ended = true;
      if (this.#length === 0) this.#done = true;
      else buffer[this.#length++] = NEWLINE;
    }
    return buffer.subarray(0, this.#length).lastIndexOf(NEWLINE) + 1;
  }

  /** Parses the complete lines and keeps the rest for the next chunk. */
  #readLines(end: number): void {
    let at = this.#startOfLine(end);
    const { account } = this.#options;
    const buffer = this.#buffer;
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
  }

  /** Skips the rest of the header or of a line that is too long. @returns where the next line starts */
  #startOfLine(end: number): number {
    if (this.#skipping) {
      if (end === 0) return this.#length;
      this.#skipping = false;
      return this.#buffer.indexOf(NEWLINE) + 1;
    }
    if (end > 0 || this.#length < CHUNK) return 0;
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
    if (row[2] === -1 && this.#seenUnscored) row[2] = 0;
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
    else if (this.layout === 'ratings')
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
    const { account, maxRejected } = this.#options;
    const rest = (this.size - this.bytes + this.#length) / SHORTEST_ROW;
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
