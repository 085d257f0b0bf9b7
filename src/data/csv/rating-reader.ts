/**
 * The bytes of a file of ratings → checked rows; every record is accounted for.
 *
 * Most lines hold only digits and commas and are parsed straight from the bytes, and so are most lines of other layouts.
 * Any other line is parsed as text, which is slower and tells whether it is valid all the same ("7", 7.0, −1) or why it is
 * not. The rows and their account do not depend on where one chunk ends and the next begins.
 */
import { UnusableFileError } from '../../error.ts';
import { STATUS } from '../interactions.ts';
import type { Recognised } from '../layout/layout.ts';
import type { RatingLayout } from '../layout/rating-layouts.ts';
import { PersonNames } from './person-names.ts';
import { planOf, type RatingPlan, SLOT } from './rating-plan.ts';
import { requireLayout } from './recognise.ts';
import { LONGEST_RECORD, recordEnd } from './record-end.ts';
import type { FileAccount, Reason } from './rejects.ts';
import { RowScanner, scanDigits } from './row-scanner.ts';
import { readTextRow } from './text-row.ts';

/** Receives the valid rows in the order of the file. */
export interface RowSink {
  /**
   * @param rating 0 = not scored, otherwise 1–10, or 1–100 in a layout with tenths
   * @param time Unix seconds; 0 = not known
   */
  add(
    userId: number,
    animeId: number,
    rating: number,
    status: number,
    episodes: number,
    time: number,
  ): void;
}

export interface RatingReaderOptions {
  readonly account: FileAccount;
  /** known[animeId] = 1 for the titles of the catalogue */
  readonly known: Uint8Array;
  /** the catalogue's own number of a title → its animeId, 0 = none; absent = rows have animeIds */
  readonly numbers?: Int32Array | null;
  /** whether −1 means "seen and not scored", as in the data set of 2016 */
  readonly seenUnscored?: boolean;
  /** bytes of the whole file; null = not known before its end */
  readonly size: number | null;
  /** how many rows to read; 0 = all */
  readonly rows: number;
  /** stop as soon as more than this share is certain to be faulty; unknown titles do not count */
  readonly maxRejected: number;
  /** of all parts of the file */
  readonly names?: PersonNames;
  /** Called with the first line. */
  readonly sinkFor: (plan: RatingPlan) => RowSink;
}

/** A longer line is rejected. */
const LONGEST_LINE = 1 << 20;
/** No header that is known is longer. */
const LONGEST_HEADER = 10_000;
const NEWLINE = 10;
/** The shortest valid row: "1,1,1\n". */
const SHORTEST_ROW = 6;

/** What the first line says. */
interface Opened {
  readonly recognised: Recognised<RatingLayout>;
  readonly plan: RatingPlan;
  readonly scanner: RowScanner;
  readonly sink: RowSink;
  readonly highest: number;
}

export class RatingReader {
  readonly #options: RatingReaderOptions;
  readonly #names: PersonNames;
  /** one byte more than the longest line, for a newline where the last line has none */
  readonly #buffer = Buffer.allocUnsafe(LONGEST_LINE + 1);
  /** bytes in the buffer */
  #length = 0;
  /** bytes of the file that have been read and are no longer in the buffer */
  #passed = 0;
  #line = 1;
  /** whether to skip the rest of the current line: the header, or a line that is too long */
  #skipping = true;
  #opened: Opened | null = null;
  #isDone = false;
  #isEnded = false;
  readonly #limit: number;
  readonly #known: Uint8Array;

  constructor(options: RatingReaderOptions) {
    this.#options = options;
    this.#limit = options.rows || Number.POSITIVE_INFINITY;
    this.#known = options.known;
    this.#names = options.names ?? new PersonNames();
  }

  /** Known after the first line. */
  get recognised(): Recognised<RatingLayout> {
    if (!this.#opened) throw new Error('The header has not been read yet');
    return this.#opened.recognised;
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
      const opened = this.#open(false);
      if (!opened) continue;
      this.#readLines(opened);
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
    const opened = this.#open(true);
    if (!opened || this.#length === 0) return;
    const isEnded = this.#buffer[this.#length - 1] === NEWLINE;
    if (!isEnded) this.#buffer[this.#length++] = NEWLINE;
    this.#isEnded = true;
    this.#readLines(opened);
    if (!isEnded) this.#passed--;
  }

  /** Reads the header. @returns null before it is complete */
  #open(isEnd: boolean): Opened | null {
    if (this.#opened) return this.#opened;
    const { account, sinkFor } = this.#options;
    const bytes = this.#buffer.subarray(0, this.#length);
    const newline = bytes.indexOf(NEWLINE);
    if (newline < 0 && bytes.length < LONGEST_HEADER && !isEnd) return null;
    if (bytes.length === 0)
      throw new UnusableFileError(`${account.file} is empty: get the file again from the data set`);
    const stop = Math.min(newline < 0 ? bytes.length : newline, LONGEST_HEADER);
    const recognised = requireLayout(
      account.file,
      bytes.toString('utf8', 0, stop),
      'ratings',
    ) as Recognised<RatingLayout>;
    const plan = planOf(recognised);
    const scanner = new RowScanner(plan, this.#names);
    const highest = plan.hasTenths ? 100 : 10;
    this.#opened = { recognised, plan, scanner, sink: sinkFor(plan), highest };
    return this.#opened;
  }

  /** Parses the complete lines and keeps the rest for the next chunk. */
  #readLines(opened: Opened): void {
    const { plan, scanner } = opened;
    const buffer = this.#buffer;
    const end = buffer.subarray(0, this.#length).lastIndexOf(NEWLINE) + 1;
    let at = this.#startOfLine(end);
    const { account } = this.#options;
    const { row } = scanner;
    const columns = plan.kinds.length;
    while (at < end && account.read < this.#limit) {
      const next = plan.isPlain
        ? scanDigits(buffer, at, row, columns)
        : scanner.scan(buffer, at, end);
      if (next >= 0) {
        this.#line++;
        account.read++;
        this.#check(opened, row, at, next - 1);
        at = next;
      } else {
        const stop = this.#readText(opened, at);
        if (stop < 0) break;
        at = stop;
      }
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

  /**
   * A record that the scanner did not understand: numbers written in another way, quoted text, or a faulty row.
   * @returns where the next one starts; −1 = its end has not arrived yet
   */
  #readText(opened: Opened, at: number): number {
    const { plan } = opened;
    const buffer = this.#buffer;
    const newline = buffer.indexOf(NEWLINE, at);
    let stop = newline;
    let isBroken = false;
    if (plan.hasText) {
      const found = recordEnd(
        buffer,
        at,
        Math.min(this.#length, at + LONGEST_RECORD),
        plan.separator,
      );
      const mayClose = !this.#isEnded && this.#length - at < LONGEST_RECORD;
      if (found === 'open' && mayClose) return -1;
      isBroken = typeof found === 'string';
      stop = typeof found === 'string' ? newline : found;
    }
    this.#line++;
    this.#options.account.read++;
    const record = buffer.subarray(at, stop);
    const row = isBroken ? 'broken quoting' : readTextRow(record, plan, this.#names);
    if (typeof row === 'string') this.#reject(row, record);
    else this.#check(opened, row, at, stop);
    for (let i = newline; i < stop; i++) if (buffer[i] === NEWLINE) this.#line++;
    return stop + 1;
  }

  /** Accepts or rejects a row of numbers; [from, to) of the buffer is its text. */
  #check({ plan, sink, highest }: Opened, row: ArrayLike<number>, from: number, to: number): void {
    const { numbers } = this.#options;
    const animeId = numbers ? (numbers[row[SLOT.animeId]] ?? 0) : row[SLOT.animeId];
    let rating = row[SLOT.rating];
    const isSeen = rating === -1 && this.#options.seenUnscored === true;
    if (isSeen) rating = 0;
    if (rating < 0 || rating > highest)
      this.#reject('rating out of range', this.#buffer.subarray(from, to));
    else if (this.#known[animeId] !== 1)
      this.#reject('unknown anime_id', this.#buffer.subarray(from, to));
    else {
      const status = plan.hasStatus ? this.#statusOf(row) : this.#withoutStatus(rating, isSeen);
      sink.add(row[SLOT.person], animeId, rating, status, row[SLOT.episodes], row[SLOT.time]);
    }
  }

  #statusOf(row: ArrayLike<number>): number {
    const status = row[SLOT.status];
    if (status >= 1 && status <= 6 && status !== 5) return status;
    // the data set also has 0, 5, 33 and 55, which mean nothing
    this.#options.account.settledStatuses++;
    return row[SLOT.rating] > 0 || row[SLOT.episodes] > 0 ? STATUS.completed : STATUS.plan_to_watch;
  }

  /** Where there are no statuses, a title that is not scored may be a planned one: it does not count as seen. */
  #withoutStatus(rating: number, isSeen: boolean): number {
    if (rating > 0 || isSeen) return STATUS.completed;
    this.#options.account.unknownStatuses++;
    return STATUS.plan_to_watch;
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
