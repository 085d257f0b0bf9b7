/** What the server understood of a list, checked. */
import { type Anime, fieldsOf, listOf, number, readAnime, text } from '../app/answers.ts';

export interface ListPreview {
  readonly source: string;
  readonly owner: string | null;
  readonly scale: string;
  readonly matched: readonly MatchedTitle[];
  readonly unknown: readonly UnknownTitle[];
  readonly statuses: readonly { readonly status: string; readonly count: number }[];
}

export interface MatchedTitle {
  readonly anime: Anime;
  readonly rating: number | null;
  readonly status: string;
}

export interface UnknownTitle {
  readonly title: string;
  readonly reason: string;
  /** of the file; null = it was not looked for by name */
  readonly line: number | null;
}

export interface Imports {
  /** sites at which a list can be looked up by name */
  readonly names: readonly string[];
  /** bytes of a file at most */
  readonly largest: number;
}

export function readPreview(value: unknown): ListPreview {
  const fields = fieldsOf(value, 'a list');
  const statuses = fieldsOf(fields.statuses, 'a count of statuses');
  return {
    source: text(fields.source) ?? '',
    owner: text(fields.owner),
    scale: text(fields.scale) ?? 'none',
    matched: listOf(value, 'matched').map((entry) => {
      const { anime, rating, status } = fieldsOf(entry, 'a title of a list');
      return {
        anime: readAnime(anime),
        rating: number(rating),
        status: text(status) ?? 'completed',
      };
    }),
    unknown: listOf(value, 'unknown').map((entry) => {
      const { title, reason, line } = fieldsOf(entry, 'a title of a list');
      return { title: text(title) ?? '?', reason: text(reason) ?? '', line: number(line) };
    }),
    statuses: Object.entries(statuses).map(([status, count]) => ({
      status,
      count: number(count) ?? 0,
    })),
  };
}

export function readImports(value: unknown): Imports {
  const { largest } = fieldsOf(value, 'what can be brought');
  const names = listOf(value, 'names').filter((name) => typeof name === 'string');
  return { names, largest: number(largest) ?? 0 };
}
