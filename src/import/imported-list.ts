/** A person's list, read from a file or another site. */
import type { AnimeType } from '../data/anime.ts';
import type { StatusName } from '../data/interactions.ts';
import { OsusumeError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';
import type { RatingEntry } from '../recommend/profile.ts';
import type { Scale } from './scale.ts';

export const SOURCES = ['mal-xml', 'csv', 'anilist', 'myanimelist'] as const;
export type Source = (typeof SOURCES)[number];

export interface ImportedEntry extends RatingEntry {
  /** as the list calls it */
  readonly title: string | null;
  /** 1–10; absent = not scored */
  readonly rating?: number;
  readonly status: StatusName;
}

/** A row with a title but no id: by-name.ts looks it up in a catalogue. */
export interface NamedEntry {
  /** every name in the row; at least one */
  readonly names: readonly string[];
  readonly rating?: number;
  readonly status: StatusName;
  /** null = the row does not say */
  readonly year: number | null;
  readonly type: AnimeType | null;
  /** of the file */
  readonly line: number;
  /** number of entries before it in the file */
  readonly after: number;
}

export const UNKNOWN_REASONS = [
  'no-id',
  'not-in-catalogue',
  'unknown-name',
  'ambiguous-name',
] as const;

/** A title that cannot be found in the catalogue. */
export interface UnknownTitle {
  readonly title: string;
  /** MyAnimeList's; null = the list has none for it */
  readonly animeId: number | null;
  readonly reason: (typeof UNKNOWN_REASONS)[number];
  /** of the file, when it was looked up by name */
  readonly line?: number;
}

export interface ImportedList {
  readonly source: Source;
  /** whose list it is, when it says so */
  readonly owner: string | null;
  readonly entries: readonly ImportedEntry[];
  /** absent = every entry has an id */
  readonly named?: readonly NamedEntry[];
  readonly unknown: readonly UnknownTitle[];
  /** of the scores in the list; `rating` is always on 1–10 */
  readonly scale: Scale;
}

/** Why a list cannot be read. */
export type ImportFault =
  | 'unreadable'
  | 'too-large'
  | 'no-such-user'
  | 'private'
  | 'not-set-up'
  | 'upstream'
  | 'too-slow'
  /** out of order: nobody waits for it */
  | 'away'
  /** too many look-ups, of this visitor or of all */
  | 'over-budget'
  | 'busy';

/** A list cannot be imported; the message says why and what to do. */
export class ImportError extends OsusumeError {
  override readonly name = 'ImportError';
  constructor(
    readonly fault: ImportFault,
    message: string,
    /** seconds after which it may work */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/** More than the titles of any site. */
export const MOST_ENTRIES = 65_536;

export function tooManyEntries(name: string): ImportError {
  return new ImportError(
    'too-large',
    `${name} has more than ${MOST_ENTRIES} entries, more than there are titles: is it one person's list?`,
  );
}

const LONGEST_TITLE = 200;

/** A title in one line, without control characters and those that reverse the direction of text. */
export function plainTitle(text: string): string {
  const line = firstLetters(text, 4 * LONGEST_TITLE)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return firstLetters(line, LONGEST_TITLE);
}
