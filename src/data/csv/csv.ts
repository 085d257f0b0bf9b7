/** Comma-separated values of RFC 4180: fields, quotes, and records that span lines. */

/** One record. `line` is the number of its first physical line, from 1. `fields` is null when it cannot be parsed. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[] | null;
  readonly content: string;
}

/** The fields of one line, or null when a quote is not closed or text follows a closing quote. */
export function splitLine(line: string): string[] | null {
  const fields: string[] = [];
  const end = readRecord(line, 0, fields, COMMA);
  return end === line.length ? fields : null;
}

const COMMA = ',';

/**
 * The records of a text, including the header. When a record has broken quoting, only its first line is given up and
 * parsing continues at the next line, so that one stray quote does not swallow the rest of the file.
 * @param mostFields a record with more fields is given up as well
 */
export function* csvRecords(
  text: string,
  separator = COMMA,
  mostFields = Number.POSITIVE_INFINITY,
): Generator<CsvRecord, void> {
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const fields: string[] = [];
    const end = readRecord(text, at, fields, separator, mostFields);
    const stop = end < 0 ? endOfLine(text, at) : end;
    const content = text.slice(at, stop);
    yield { line, fields: end < 0 ? null : fields, content: withoutReturn(content) };
    line += 1 + countNewlines(content);
    at = stop + 1;
  }
}

/** A field as it is written in a file. */
export function quoteField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Parses a record at `at` into `fields`. @returns its end (the newline or the end of the text), or −1 */
function readRecord(
  text: string,
  at: number,
  fields: string[],
  separator: string,
  mostFields = Number.POSITIVE_INFINITY,
): number {
  for (;;) {
    if (fields.length === mostFields) return -1;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close < 0) return -1;
      fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
      if (text[at] === '\r' && (at + 1 === text.length || text[at + 1] === '\n')) at++;
    } else {
      const from = at;
      while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '"')
        at++;
      if (text[at] === '"') return -1;
      const field = text.slice(from, at);
      fields.push(text[at] === separator ? field : withoutReturn(field));
    }
    if (at >= text.length || text[at] === '\n') return at;
    if (text[at] !== separator) return -1;
    at++;
  }
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
