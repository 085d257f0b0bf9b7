/**
 * The list of a request, read straight from its bytes into columns: a body of 300 titles takes a tenth of the time that
 * JSON.parse, the schema and 300 objects take. It knows the shape that clients send,
 *
 *   {"ratings":[{"animeId":5114,"rating":9,"status":"completed"},…],…}
 *
 * with a title's names in any order and white space anywhere. Whatever else it meets, wrong or only unusual, it leaves
 * to JSON.parse and the schema, which know what to say about it.
 */
import { STATUS } from '../data/interactions.ts';
import { MAX_RATINGS, type OutsideList } from '../recommend/profile.ts';

export interface ListBody {
  readonly list: OutsideList;
  /** the body without its ratings, not checked */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** @returns null when the body is not of the usual shape */
export function readListBody(body: Buffer): ListBody | null {
  const reader = new ListReader(body);
  if (!reader.beginning()) return null;
  const rest = parsedObject(`{${body.toString('utf8', reader.at)}`);
  // A second "ratings" would win over the first.
  if (rest === null || Object.hasOwn(rest, 'ratings')) return null;
  return { list: reader.list(), rest };
}

function parsedObject(json: string): Record<string, unknown> | null {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COLON, COMMA, QUOTE, ZERO] = bytesOf('{}[]:,"0');
const RATINGS = bytesOf('"ratings"');
const ANIME_ID = bytesOf('"animeId"');
const RATING = bytesOf('"rating"');
const STATUS_NAME = bytesOf('"status"');
const NULL = bytesOf('null');
const STATUSES = Object.entries(STATUS).map(([name, code]) => ({
  code,
  name: bytesOf(`"${name}"`),
}));

/** What the shortest entry, {"animeId":1}, takes. */
const SHORTEST_ENTRY = 13;
/** Digits of an id that surely fits 32 bits. */
const MOST_DIGITS = 9;

/** Each step is true when it read what it is named after, and then stands behind it. */
class ListReader {
  /** of the next byte */
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #animeIds: Float64Array;
  readonly #ratings: Uint8Array;
  readonly #statuses: Uint8Array;
  #size = 0;

  constructor(bytes: Uint8Array) {
    const room = Math.min(MAX_RATINGS, Math.floor(bytes.length / SHORTEST_ENTRY));
    this.#bytes = bytes;
    this.#animeIds = new Float64Array(room);
    this.#ratings = new Uint8Array(room);
    this.#statuses = new Uint8Array(room);
  }

  list(): OutsideList {
    return {
      animeIds: this.#animeIds.subarray(0, this.#size),
      ratings: this.#ratings.subarray(0, this.#size),
      statuses: this.#statuses.subarray(0, this.#size),
    };
  }

  /** From the beginning to the name that follows the ratings, or to the end of the object. */
  beginning(): boolean {
    if (!this.#byte(OPEN) || !this.#name(RATINGS) || !this.#byte(OPEN_LIST)) return false;
    if (!this.#byte(CLOSE_LIST)) {
      do {
        if (!this.#entry()) return false;
      } while (this.#byte(COMMA));
      if (!this.#byte(CLOSE_LIST)) return false;
    }
    return this.#byte(COMMA) ? this.#next() === QUOTE : this.#next() === CLOSE;
  }

  #entry(): boolean {
    if (this.#size === this.#animeIds.length || !this.#byte(OPEN)) return false;
    let animeId = -1;
    let rating = 0;
    let status: number = STATUS.completed;
    do {
      if (this.#name(ANIME_ID)) {
        animeId = this.#integer();
        if (animeId < 0) return false;
      } else if (this.#name(RATING)) {
        rating = this.#text(NULL) ? 0 : this.#integer();
        if (rating < 0 || rating > 10) return false;
      } else if (this.#name(STATUS_NAME)) {
        status = this.#status();
        if (status === 0) return false;
      } else return false;
    } while (this.#byte(COMMA));
    this.#animeIds[this.#size] = animeId;
    this.#ratings[this.#size] = rating;
    this.#statuses[this.#size++] = status;
    return animeId >= 0 && this.#byte(CLOSE);
  }

  /** The code; 0 when it is none. */
  #status(): number {
    for (let at = 0; at < STATUSES.length; at++) {
      if (this.#text(STATUSES[at].name)) return STATUSES[at].code;
    }
    return 0;
  }

  /** A number written in digits alone; −1 when it is not. */
  #integer(): number {
    const bytes = this.#bytes;
    let digit = this.#next() - ZERO;
    const from = this.at;
    let value = 0;
    for (; digit >= 0 && digit <= 9; digit = bytes[++this.at] - ZERO) value = 10 * value + digit;
    const digits = this.at - from;
    const isPlain = digits === 1 || (digits > 1 && digits <= MOST_DIGITS && bytes[from] !== ZERO);
    return isPlain ? value : -1;
  }

  #name(text: Uint8Array): boolean {
    return this.#text(text) && this.#byte(COLON);
  }

  #text(text: Uint8Array): boolean {
    this.#next();
    const bytes = this.#bytes;
    const { at } = this;
    for (let n = 0; n < text.length; n++) {
      if (bytes[at + n] !== text[n]) return false;
    }
    this.at = at + text.length;
    return true;
  }

  #byte(wanted: number): boolean {
    if (this.#next() !== wanted) return false;
    this.at++;
    return true;
  }

  /** The next byte that is no white space. */
  #next(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)
      byte = bytes[++this.at];
    return byte;
  }
}
