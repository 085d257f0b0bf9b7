/**
 * Splits the body of a batch into the bytes of its profiles, so that each can be parsed by itself: parsing 24 MB at
 * once would block all other requests for 130 ms and take 110 MB of heap, and one broken profile would spoil the rest.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const END_OF_LIST = 0x5d;
/** Everything before the first profile. */
const START = /^\s*\{\s*"profiles"\s*:\s*\[\s*/;
/** Bytes in which the first profile begins, spaces included. */
const START_LENGTH = 200;
/** After the last profile: up to the next name, or the end of the object. */
const TO_THE_NEXT = /^\s*(?:,(?=\s*")|(?=\}))/;

export interface BatchBytes {
  /** the JSON of each, neither parsed nor checked */
  readonly profiles: readonly Buffer[];
  /** the other fields of the body, not checked */
  readonly rest: Readonly<Record<string, unknown>>;
}

/**
 * @param most profiles at most: of a longer list, this returns one more than that and none of the other fields
 * @returns null when the profiles are not the first field, or the object around them is not valid JSON
 */
export function splitBatch(body: Buffer, most: number): BatchBytes | null {
  const start = START.exec(body.toString('latin1', 0, START_LENGTH));
  if (start === null) return null;
  const found = slicesFrom(body, start[0].length, most);
  if (found === null) return null;
  if (found.slices.length > most) return { profiles: found.slices, rest: {} };
  const rest = parseRest(body.toString('utf8', found.end));
  // A second "profiles" would win over the first.
  if (rest === null || Object.hasOwn(rest, 'profiles')) return null;
  return { profiles: found.slices, rest };
}

/** @param from where the first entry of a list begins */
function slicesFrom(
  body: Buffer,
  from: number,
  most: number,
): { slices: Buffer[]; end: number } | null {
  const slices: Buffer[] = [];
  let depth = 0;
  let begin = from;
  for (let at = from; at < body.length; at++) {
    const code = body[at];
    if (code === QUOTE) {
      at = endOfString(body, at);
    } else if (isOpening(code)) {
      depth++;
    } else if (isClosing(code)) {
      if (depth-- > 0) continue;
      if (code !== END_OF_LIST) return null;
      const last = trimmed(body, begin, at);
      if (last.length > 0 || slices.length > 0) slices.push(last);
      return { slices, end: at + 1 };
    } else if (code === COMMA && depth === 0) {
      slices.push(trimmed(body, begin, at));
      if (slices.length > most) return { slices, end: at };
      begin = at + 1;
    }
  }
  return null;
}

/** { and [ differ from } and ] by two, and from each other by one bit. */
function isOpening(code: number): boolean {
  return (code | 0x20) === 0x7b;
}

function isClosing(code: number): boolean {
  return (code | 0x20) === 0x7d;
}

/** The place of the quote that ends the string that begins at `at`. */
function endOfString(body: Buffer, at: number): number {
  for (at++; at < body.length && body[at] !== QUOTE; at++) if (body[at] === BACKSLASH) at++;
  return at;
}

function trimmed(body: Buffer, begin: number, end: number): Buffer {
  while (begin < end && body[begin] <= 0x20) begin++;
  while (end > begin && body[end - 1] <= 0x20) end--;
  return body.subarray(begin, end);
}

function parseRest(text: string): Record<string, unknown> | null {
  const json = text.replace(TO_THE_NEXT, '{');
  if (json === text) return null;
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
