/** A person's list, read from a file or another site, before it is matched with a catalogue. */
import type { AnimeType } from '../../data/anime.ts';
import type { StatusName } from '../../data/interactions.ts';
import { firstLetters } from '../../first-letters.ts';
import { ImportError } from './import-error.ts';
import type { Scale } from './scale.ts';

export const SOURCES = ['mal-xml', 'csv', 'json', 'text', 'anilist', 'myanimelist'] as const;
export type Source = (typeof SOURCES)[number];

export interface ListRow {
  /** MyAnimeList's; null = the row is looked up by its names */
  readonly animeId: number | null;
  /** whether the list says that `animeId` is MyAnimeList's; a column "id" may hold numbers of another kind */
  readonly isSure: boolean;
  /** every name in the row, as the list has them; may be empty with an id */
  readonly names: readonly string[];
  /** 1–10; absent = not scored */
  readonly rating?: number;
  /** null = the list does not say */
  readonly status: StatusName | null;
  /** episodes that were watched; null = the list does not say */
  readonly watched: number | null;
  /** null = the list does not say */
  readonly year: number | null;
  readonly type: AnimeType | null;
  /** of the file; of JSON the number of the entry; absent for a list at a site */
  readonly line?: number;
}

/** What a list has beside anime, which is left out. */
export const LEFT_OUT = ['manga', 'other-media', 'episode', 'deleted'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** A cell that could not be read; the rest of its row was. */
export interface UnreadCell {
  readonly line: number;
  /** what it should have been; "row" when nothing of the row could be read */
  readonly what: 'id' | 'title' | 'score' | 'status' | 'row';
  readonly value: string;
}

export const NOTES = [
  'mean-not-read',
  'ages-not-read',
  'converted',
  'broken-bytes',
  'cut-off',
  'no-header',
  'other-files',
  'anilist-ids',
  'ids-not-believed',
  'duplicates',
  'custom-lists',
  'empty',
] as const;

/** Something a person should know about how a list was read. */
export interface Note {
  readonly what: (typeof NOTES)[number];
  /** how many rows it is about; null = all or none in particular */
  readonly count: number | null;
  /** such as the encoding; null = nothing to add */
  readonly detail: string | null;
}

/** What is said of a list as a whole. */
export interface ListFacts {
  readonly source: Source;
  /** as people call it: "Simkl", "CSV"; null = the source says it all */
  readonly format: string | null;
  /** whose list it is, when it says so */
  readonly owner: string | null;
  /** whether films and series of all kinds are on it: what is not found is hardly anime */
  readonly isMixed?: boolean;
  /** of the scores in the list; `rating` is always on 1–10 */
  readonly scale: Scale;
  /** at most MOST_UNREAD of them */
  readonly unread: readonly UnreadCell[];
  readonly unreadCount: number;
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  readonly notes: readonly Note[];
}

export interface ImportedList extends ListFacts {
  readonly rows: readonly ListRow[];
}

/** More than the titles of any site. */
export const MOST_ENTRIES = 65_536;

/** Unreadable cells that are listed; the others are only counted. */
export const MOST_UNREAD = 500;

export const NOTHING_LEFT_OUT: Readonly<Record<LeftOut, number>> = {
  manga: 0,
  'other-media': 0,
  episode: 0,
  deleted: 0,
};

export function note(what: Note['what'], about: Partial<Omit<Note, 'what'>> = {}): Note {
  return { what, count: about.count ?? null, detail: about.detail ?? null };
}

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

/** A cell as it is shown in a message. */
export function shownCell(text: string): string {
  return firstLetters(plainTitle(text), 40);
}
