/** A person's list as it was understood, wherever it came from. */
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

/** A row with a title and no id: by-name.ts looks for it in a catalogue. */
export interface NamedEntry {
  /** all that the row calls it; one at least */
  readonly names: readonly string[];
  readonly rating?: number;
  readonly status: StatusName;
  /** null = the row does not say */
  readonly year: number | null;
  readonly type: AnimeType | null;
  /** of the file */
  readonly line: number;
  /** how many of the entries stand before it */
  readonly after: number;
}

export const UNKNOWN_REASONS = [
  'no-id',
  'not-in-catalogue',
  'unknown-name',
  'ambiguous-name',
] as const;

/** A title that cannot be placed. */
export interface UnknownTitle {
  readonly title: string;
  /** MyAnimeList's; null = the list has none for it */
  readonly animeId: number | null;
  readonly reason: (typeof UNKNOWN_REASONS)[number];
  /** of the file, where it was looked for by name */
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
  /** how the scores were read; ratings are on 1–10 whatever it is */
  readonly scale: Scale;
}

/** What keeps a list from being read. */
export type ImportFault =
  | 'unreadable'
  | 'too-large'
  | 'no-such-user'
  | 'private'
  | 'not-set-up'
  | 'upstream'
  | 'too-slow'
  | 'busy';

/** A list that cannot be brought; the message says why and what to do. */
export class ImportError extends OsusumeError {
  override readonly name = 'ImportError';
  constructor(
    readonly fault: ImportFault,
    message: string,
  ) {
    super(message);
  }
}

/** There are fewer titles than this anywhere. */
export const MOST_ENTRIES = 65_536;

export function tooManyEntries(name: string): ImportError {
  return new ImportError(
    'too-large',
    `${name} has more than ${MOST_ENTRIES} entries, more than there are titles: is it one person's list?`,
  );
}

const LONGEST_TITLE = 200;

/** A title in one line, without what would steer a terminal or turn a line around. */
export function plainTitle(text: string): string {
  const line = firstLetters(text, 4 * LONGEST_TITLE)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return firstLetters(line, LONGEST_TITLE);
}
