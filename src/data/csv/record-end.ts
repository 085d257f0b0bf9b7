/** Where a record ends whose fields may be quoted and may have line breaks in them. */

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;

/** A record with line breaks in it is at most this long; a quote that is not closed until then is a stray one. */
export const LONGEST_RECORD = 1 << 16;

/**
 * @returns the newline that ends the record which begins at `at`; `broken` where its quoting cannot be right; `open` where
 * the quote is not closed before `end`
 */
export function recordEnd(
  bytes: Uint8Array,
  at: number,
  end: number,
  separator: number,
): number | 'broken' | 'open' {
  let isStart = true;
  for (; at < end; at++) {
    const byte = bytes[at];
    if (byte === NEWLINE) return at;
    if (byte !== QUOTE || !isStart) {
      isStart = byte === separator;
      continue;
    }
    at = closing(bytes, at + 1, end);
    if (at >= end) return 'open';
    const next = bytes[at + 1];
    if (at + 1 < end && next !== separator && next !== NEWLINE && next !== RETURN) return 'broken';
    isStart = false;
  }
  return 'open';
}

/** Two quotes in a row stand for one. */
function closing(bytes: Uint8Array, at: number, end: number): number {
  for (; at < end; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE || at + 1 >= end) return at;
    at++;
  }
  return end;
}
