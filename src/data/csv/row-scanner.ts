/**
 * Rows of numbers straight from the bytes. A line that a scanner does not understand is left for the reader of text, which
 * is slower and tells what is wrong with it.
 */
import type { PersonNames } from './person-names.ts';
import { KIND, type RatingPlan, SLOTS } from './rating-plan.ts';

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMA = 44;
const DASH = 45;
const POINT = 46;
const ZERO = 48;
/** any nine digits fit in 32 bits */
const MOST_DIGITS = 9;

/**
 * Parses a line of comma-separated digits into `row`.
 * @returns where the next line starts, or −1 for any other line
 */
export function scanDigits(
  bytes: Uint8Array,
  at: number,
  row: Int32Array,
  columns: number,
): number {
  const last = columns - 1;
  for (let column = 0; ; column++) {
    const from = at;
    let value = 0;
    let digit = bytes[at++] - ZERO;
    // unsigned, so that characters before "0" are large as well
    while (digit >>> 0 <= 9) {
      value = (Math.imul(value, 10) + digit) | 0;
      digit = bytes[at++] - ZERO;
    }
    const digits = at - from - 1;
    if (digits === 0 || digits > MOST_DIGITS) return -1;
    row[column] = value;
    if (column === last) break;
    if (digit !== COMMA - ZERO) return -1;
  }
  if (bytes[at - 1] === RETURN) at++;
  return bytes[at - 1] === NEWLINE ? at : -1;
}

/** Scans rows of any layout: of the columns that matter, the numbers; the others are passed over. */
export class RowScanner {
  readonly row = new Int32Array(SLOTS);
  readonly #plan: RatingPlan;
  readonly #names: PersonNames;
  /** where the value that was read last ends */
  #at = 0;

  constructor(plan: RatingPlan, names: PersonNames) {
    this.#plan = plan;
    this.#names = names;
  }

  /**
   * @param end bytes[end − 1] is a newline, at which every scan ends
   * @returns where the next line starts, or −1 for a line that has to be read as text
   */
  scan(bytes: Uint8Array, at: number, end: number): number {
    const { kinds, slots, separator } = this.#plan;
    const { row } = this;
    const last = kinds.length - 1;
    for (let column = 0; ; column++) {
      const kind = kinds[column];
      let stop: number;
      if (kind === KIND.skipped) stop = skipField(bytes, at, end, separator);
      else {
        const value = this.#value(kind, bytes, at);
        if (value < 0) return -1;
        row[slots[column]] = value;
        stop = this.#at;
      }
      if (stop < 0) return -1;
      if (column === last) {
        if (bytes[stop] === RETURN) stop++;
        return bytes[stop] === NEWLINE ? stop + 1 : -1;
      }
      if (bytes[stop] !== separator) return -1;
      at = stop + 1;
    }
  }

  /** The value at `at`, whose end is then in #at; −1 = to be read as text. */
  #value(kind: number, bytes: Uint8Array, at: number): number {
    if (kind === KIND.name) return this.#name(bytes, at);
    if (kind === KIND.tenths) return this.#tenths(bytes, at);
    if (kind === KIND.time) return this.#time(bytes, at);
    const digit = bytes[at] - ZERO;
    if (digit >>> 0 > 9) {
      if (kind === KIND.number) return -1;
      if (kind === KIND.status) return this.#word(bytes, at);
      this.#at = at;
      return this.#isEnd(bytes[at]) ? 0 : -1;
    }
    const value = this.#digits(bytes, at);
    if (value < 0 || bytes[this.#at] !== POINT) return value;
    // pandas writes 7.0 where a column has empty fields
    let stop = this.#at + 1;
    while (bytes[stop] === ZERO) stop++;
    this.#at = stop;
    return value;
  }

  #digits(bytes: Uint8Array, at: number): number {
    const from = at;
    let value = 0;
    let digit = bytes[at] - ZERO;
    while (digit >>> 0 <= 9) {
      value = (Math.imul(value, 10) + digit) | 0;
      digit = bytes[++at] - ZERO;
    }
    this.#at = at;
    return at === from || at - from > MOST_DIGITS ? -1 : value;
  }

  #isEnd(byte: number): boolean {
    return byte === this.#plan.separator || byte === NEWLINE || byte === RETURN;
  }

  #tenths(bytes: Uint8Array, at: number): number {
    this.#at = at;
    if (this.#isEnd(bytes[at])) return 0;
    const whole = this.#digits(bytes, at);
    if (whole < 0 || whole > 1000) return -1;
    if (bytes[this.#at] !== POINT) return whole * 10;
    const tenth = bytes[this.#at + 1] - ZERO;
    if (tenth >>> 0 > 9) return -1;
    this.#at += 2;
    while (bytes[this.#at] === ZERO) this.#at++;
    return whole * 10 + tenth;
  }

  #name(bytes: Uint8Array, at: number): number {
    const { separator } = this.#plan;
    let stop = at;
    let byte = bytes[stop];
    if (byte === QUOTE) return -1;
    while (byte !== separator && byte !== NEWLINE && byte !== RETURN) byte = bytes[++stop];
    if (stop === at) return -1;
    this.#at = stop;
    return this.#names.numberOf(bytes, at, stop);
  }

  /** Known by length and the first two letters; any other word is looked up as text. */
  #word(bytes: Uint8Array, at: number): number {
    let stop = at;
    while (!this.#isEnd(bytes[stop])) stop++;
    this.#at = stop;
    const length = stop - at;
    if (length === 0) return 0;
    const letters = ((bytes[at] | 0x20) << 8) | (bytes[at + 1] | 0x20);
    for (let i = 0; i < STATUS_WORDS.length; i += 3)
      if (STATUS_WORDS[i] === letters && STATUS_WORDS[i + 1] === length) return STATUS_WORDS[i + 2];
    return -1;
  }

  /** Unix seconds or an ISO date; what is neither is left to the reader of text. */
  #time(bytes: Uint8Array, at: number): number {
    this.#at = at;
    if (this.#isEnd(bytes[at])) return 0;
    const first = this.#digits(bytes, at);
    if (this.#isEnd(bytes[this.#at]))
      return this.#at - at <= MOST_DIGITS ? first : secondsAt(bytes, at, this.#at);
    if (bytes[at + 4] !== DASH || this.#at !== at + 4) return -1;
    const month = twoDigits(bytes, at + 5);
    const day = twoDigits(bytes, at + 8);
    if (bytes[at + 7] !== DASH || month < 1 || month > 12 || day < 1 || day > 31) return -1;
    let stop = at + 10;
    let seconds = 0;
    if (!this.#isEnd(bytes[stop])) {
      const hour = twoDigits(bytes, at + 11);
      const minute = twoDigits(bytes, at + 14);
      const second = twoDigits(bytes, at + 17);
      if (hour < 0 || minute < 0 || second < 0 || bytes[at + 13] !== bytes[at + 16]) return -1;
      seconds = hour * 3600 + minute * 60 + second;
      stop = at + 19;
      while (!this.#isEnd(bytes[stop])) stop++;
    }
    this.#at = stop;
    const time = daysSince1970(first, month, day) * 86_400 + seconds;
    return time > 0 && time < 2 ** 31 ? time : 0;
  }
}

/** first two letters in lower case, length, code */
const STATUS_WORDS = Int32Array.from(
  (
    [
      ['wa', 8, 1], // watching
      ['co', 9, 2], // completed
      ['on', 7, 3], // on_hold, On-Hold
      ['dr', 7, 4], // dropped
      ['pl', 13, 6], // plan_to_watch, Plan to Watch
    ] as const
  ).flatMap(([letters, length, code]) => [
    (letters.charCodeAt(0) << 8) | letters.charCodeAt(1),
    length,
    code,
  ]),
);

/** Ten digits; 0 = beyond the year 2038, or no time. */
function secondsAt(bytes: Uint8Array, at: number, stop: number): number {
  let value = 0;
  for (let i = at; i < stop; i++) value = value * 10 + bytes[i] - ZERO;
  return value < 2 ** 31 ? value : 0;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [bytes[at] - ZERO, bytes[at + 1] - ZERO];
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : -1;
}

/** Of the Gregorian calendar; H. Hinnant, "chrono-compatible low-level date algorithms". */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const daysOfEra = ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear;
  return era * 146_097 + daysOfEra - 719_468;
}

/** @returns where the field ends, or −1 where its quoting has to be looked at */
function skipField(bytes: Uint8Array, at: number, end: number, separator: number): number {
  let byte = bytes[at];
  if (byte === QUOTE) return skipQuoted(bytes, at + 1, end);
  while (byte !== separator && byte !== NEWLINE) byte = bytes[++at];
  return byte === NEWLINE && bytes[at - 1] === RETURN ? at - 1 : at;
}

function skipQuoted(bytes: Uint8Array, at: number, end: number): number {
  for (; at < end; at++) {
    const byte = bytes[at];
    if (byte === NEWLINE) return -1;
    if (byte !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return at + 1;
    at++;
  }
  return -1;
}
