/** Comma-separated values of RFC 4180: fields, quotes, and records that span lines. */

/** One record. `line` is the number of its first physical line, from 1. `fields` is null when it cannot be parsed. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[] | null;
  /** why `fields` is null */
  readonly fault: CsvFault | null;
  readonly content: string;
}

export type CsvFault = 'broken-quoting' | 'too-many-fields' | 'too-long-field';

export interface CsvLimits {
  /** fields of a record; default: no limit */
  readonly mostFields?: number;
  /** UTF-16 units of a field; default: no limit */
  readonly longestField?: number;
  /** a quote that RFC 4180 forbids is a letter of its field, as in spreadsheets; default: it breaks the record */
  readonly isLenient?: boolean;
}

interface Dialect extends Required<CsvLimits> {
  readonly separator: string;
}

const NO_LIMITS: Required<CsvLimits> = {
  mostFields: Number.POSITIVE_INFINITY,
  longestField: Number.POSITIVE_INFINITY,
  isLenient: false,
};

/** The fields of one record, or null when a quote is not closed or text follows a closing quote. */
export function splitLine(line: string, separator = COMMA): string[] | null {
  const fields: string[] = [];
  const end = readRecord(line, 0, fields, { separator, ...NO_LIMITS });
  return end === line.length ? fields : null;
}

const COMMA = ',';

/**
 * The records of a text, including the header. When a record has broken quoting, only its first line is given up and
 * parsing continues at the next line, so that one stray quote does not swallow the rest of the file.
 * @param limits a record that exceeds them is given up as well
 */
export function* csvRecords(
  text: string,
  separator = COMMA,
  limits: CsvLimits = {},
): Generator<CsvRecord, void> {
  const dialect = { separator, ...NO_LIMITS, ...limits };
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const fields: string[] = [];
    const end = readRecord(text, at, fields, dialect);
    const fault = typeof end === 'string' ? end : null;
    const stop = typeof end === 'string' ? endOfLine(text, at) : end;
    const content = text.slice(at, stop);
    yield { line, fields: fault ? null : fields, fault, content: withoutReturn(content) };
    line += 1 + countNewlines(content);
    at = stop + 1;
  }
}

/** A field as it is written in a file. */
export function quoteField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Parses a record at `at` into `fields`. @returns its end (the newline or the end of the text), or what is wrong */
function readRecord(
  text: string,
  at: number,
  fields: string[],
  dialect: Dialect,
): number | CsvFault {
  const { separator, mostFields, longestField, isLenient } = dialect;
  for (;;) {
    if (fields.length === mostFields) return 'too-many-fields';
    const close = text[at] === '"' ? endOfQuoted(text, at, dialect) : -1;
    if (text[at] === '"' && !(isLenient && close < 0)) {
      if (close < 0) return 'broken-quoting';
      if (close - at > longestField) return 'too-long-field';
      fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
      if (text[at] === '\r' && (at + 1 === text.length || text[at + 1] === '\n')) at++;
    } else {
      const from = at;
      while (
        at < text.length &&
        text[at] !== separator &&
        text[at] !== '\n' &&
        (isLenient || text[at] !== '"')
      )
        at++;
      if (text[at] === '"') return 'broken-quoting';
      if (at - from > longestField) return 'too-long-field';
      const field = text.slice(from, at);
      fields.push(text[at] === separator ? field : withoutReturn(field));
    }
    if (at >= text.length || text[at] === '\n') return at;
    if (text[at] !== separator) return 'broken-quoting';
    at++;
  }
}

/** Quotes within a quoted field that are not doubled; with more of them the first one is a letter, too. */
const MOST_INNER_QUOTES = 20;

/** The quote that closes the field which begins at `at`; −1 = none does. */
function endOfQuoted(text: string, at: number, dialect: Dialect): number {
  let close = closingQuote(text, at + 1);
  if (!dialect.isLenient) return close;
  // "a "b" c": the quote that closes the field is the one before a separator, in the line of the first
  for (let inner = 0; close >= 0 && inner < MOST_INNER_QUOTES; inner++) {
    if (endsField(text, close + 1, dialect.separator)) return close;
    const next = closingQuote(text, close + 1);
    if (next < 0 || text.slice(close, next).includes('\n')) return -1;
    close = next;
  }
  return -1;
}

function endsField(text: string, at: number, separator: string): boolean {
  const next = text[at];
  return next === undefined || next === separator || next === '\n' || next === '\r';
}

function closingQuote(text: string, at: number): number {
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || text[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline;
}

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
