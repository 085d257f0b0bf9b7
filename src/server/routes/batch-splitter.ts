/**
 * Splits the body of a batch, while it arrives, into the bytes of its profiles, so that each can be parsed by itself:
 * parsing 24 MB at once would block all other requests for 130 ms and take 110 MB of heap, and one broken profile would
 * spoil the rest.
 */
import { Problem } from '../http/problem.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const SPACE = 0x20;

/** Bytes of everything but the profiles: names, rules, spaces. All rules at their longest have a quarter of it. */
const MAX_BESIDE = 1 << 16;
/** Bytes of the name "profiles", were each of its letters escaped. */
const MAX_NAME = 50;

export interface SplitLimits {
  readonly profiles: number;
  /** bytes */
  readonly profile: number;
}

/** The JSON of a profile, neither parsed nor checked; null = it is longer than a profile may be. */
export type ProfileBytes = Buffer | null;

export class BatchSplitter {
  readonly #limits: SplitLimits;
  /** the body without the content of the list of profiles: `{"profiles":[],"limit":5}` */
  readonly #beside = Buffer.allocUnsafe(MAX_BESIDE);
  #besideLength = 0;
  /** the part of the body that is being read */
  #part: 'before' | 'profiles' | 'behind' = 'before';
  /** lists and objects that are open, of the profile or of what is beside the profiles */
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** in `beside`: the string that has been read last */
  #string = { from: 0, to: 0 };
  /** only a colon and spaces have followed the name "profiles" */
  #named = false;
  #profiles = 0;
  /** the profile that is being read: the bytes of earlier chunks, and their number */
  #pieces: Buffer[] = [];
  #size = 0;

  constructor(limits: SplitLimits) {
    this.#limits = limits;
  }

  /**
   * Takes the next bytes of the body.
   * @returns the profiles that are complete now
   * @throws Problem 400 when there are too many, or it cannot be JSON
   */
  push(chunk: Buffer): ProfileBytes[] {
    const complete: ProfileBytes[] = [];
    for (let at = 0; at < chunk.length; )
      at =
        this.#part === 'profiles'
          ? this.#readProfiles(chunk, at, complete)
          : this.#readBeside(chunk, at);
    return complete;
  }

  /**
   * The other fields of the body, not checked. `profiles` is an empty list when profiles have been split off.
   * @throws Problem 400 when what is around the profiles is not JSON
   */
  end(): Readonly<Record<string, unknown>> {
    const text = this.#beside.toString('utf8', 0, this.#besideLength);
    const fields = parse(text);
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return fields as Record<string, unknown>;
    throw new Problem(400, 'The body must be an object with "profiles"', 'body');
  }

  /** Whether the body has a list of profiles. */
  get hasProfiles(): boolean {
    return this.#part !== 'before';
  }

  /** @returns where the list of profiles begins, or the end of the chunk */
  #readBeside(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const code = chunk[at];
      this.#keep(code);
      if (this.#inString) this.#readString(code);
      else if (code === QUOTE) this.#beginString();
      else if (this.#named && code === OPENING_BRACKET && this.#depth === 1) {
        this.#beginProfiles();
        return at + 1;
      } else if (code > SPACE) this.#readMark(code);
    }
    return chunk.length;
  }

  #keep(code: number): void {
    if (this.#besideLength === MAX_BESIDE)
      throw new Problem(
        400,
        `What is beside the profiles has more than ${MAX_BESIDE >> 10} KiB; rules for all of them take far less`,
        'body',
      );
    this.#beside[this.#besideLength++] = code;
  }

  /** One byte of a string behind its first quote. */
  #readString(code: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (code === BACKSLASH) this.#escaped = true;
    else if (code === QUOTE) {
      this.#inString = false;
      this.#string.to = this.#besideLength;
    }
  }

  #beginString(): void {
    this.#inString = true;
    this.#named = false;
    this.#string.from = this.#besideLength - 1;
  }

  /** A byte that is neither a space nor part of a string. */
  #readMark(code: number): void {
    this.#named = code === COLON && this.#depth === 1 && this.#isNameOfProfiles();
    if (isOpening(code)) this.#depth++;
    else if (isClosing(code)) this.#depth--;
    if (!this.#named) return;
    // Of two, JSON.parse would take the second.
    if (this.hasProfiles) throw new Problem(400, 'The body has "profiles" twice', 'profiles');
  }

  #isNameOfProfiles(): boolean {
    const { from, to } = this.#string;
    if (to - from > MAX_NAME) return false;
    const name = this.#beside.toString('latin1', from, to);
    return name === '"profiles"' || (name.includes('\\') && parse(name) === 'profiles');
  }

  #beginProfiles(): void {
    this.#part = 'profiles';
    this.#named = false;
    this.#depth = 0;
  }

  /** The list has ended: its bracket closes the one that `beside` has already. */
  #endProfiles(): void {
    this.#part = 'behind';
    this.#depth = 1;
    this.#keep(CLOSING_BRACKET);
  }

  /** @returns behind the list of profiles, or the end of the chunk */
  #readProfiles(chunk: Buffer, from: number, complete: ProfileBytes[]): number {
    let begin = from;
    let at = this.#inString ? this.#skipString(chunk, from) : from;
    for (; at < chunk.length; at++) {
      const code = chunk[at];
      if (code === QUOTE) {
        this.#inString = true;
        at = this.#skipString(chunk, at + 1) - 1;
      } else if (isOpening(code)) {
        this.#depth++;
      } else if (isClosing(code)) {
        if (this.#depth-- > 0) continue;
        if (code !== CLOSING_BRACKET) throw notJson('the list of profiles ends with "}"');
        const last = this.#profile(chunk.subarray(begin, at));
        if (last === null || last.length > 0 || this.#profiles > 0) this.#add(last, complete);
        this.#endProfiles();
        return at + 1;
      } else if (code === COMMA && this.#depth === 0) {
        this.#add(this.#profile(chunk.subarray(begin, at)), complete);
        begin = at + 1;
      }
    }
    this.#keepPiece(chunk.subarray(begin));
    return chunk.length;
  }

  /** @returns behind the quote that ends the string, or the end of the chunk */
  #skipString(chunk: Buffer, from: number): number {
    let at = from;
    if (this.#escaped && at < chunk.length) {
      this.#escaped = false;
      at++;
    }
    for (; at < chunk.length; at++) {
      const code = chunk[at];
      if (code === QUOTE) {
        this.#inString = false;
        return at + 1;
      }
      if (code === BACKSLASH) at++;
    }
    this.#escaped = at > chunk.length;
    return chunk.length;
  }

  #keepPiece(bytes: Buffer): void {
    this.#size += bytes.length;
    if (this.#size > this.#limits.profile) this.#pieces = [];
    else if (bytes.length > 0) this.#pieces.push(bytes);
  }

  /** The profile that ends with these bytes. */
  #profile(bytes: Buffer): ProfileBytes {
    this.#keepPiece(bytes);
    const whole = this.#size > this.#limits.profile ? null : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#size = 0;
    return whole && trimmed(whole);
  }

  #add(profile: ProfileBytes, complete: ProfileBytes[]): void {
    if (++this.#profiles > this.#limits.profiles)
      throw new Problem(
        400,
        `profiles must not have more than ${this.#limits.profiles} items. Send several batches`,
        'profiles',
      );
    complete.push(profile);
  }
}

/** { and [ differ from } and ] by two, and from each other by one bit. */
function isOpening(code: number): boolean {
  return (code | 0x20) === 0x7b;
}

function isClosing(code: number): boolean {
  return (code | 0x20) === 0x7d;
}

function trimmed(bytes: Buffer): Buffer {
  let [from, to] = [0, bytes.length];
  while (from < to && bytes[from] <= SPACE) from++;
  while (to > from && bytes[to - 1] <= SPACE) to--;
  return bytes.subarray(from, to);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson((error as Error).message);
  }
}

function notJson(why: string): Problem {
  return new Problem(400, `The body is not JSON: ${why}`, 'body');
}
