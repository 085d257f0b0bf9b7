/** A person's list as CSV: a header with anime_id (or MAL_ID, id) and, if known, rating (or score) and status. */

import { csvRecords } from '../data/csv.ts';
import { STATUS, type StatusName } from '../data/interactions.ts';
import { OsusumeError } from '../error.ts';
import type { OutsideRating } from '../recommend/profile.ts';

const COLUMNS = {
  animeId: ['anime_id', 'animeid', 'mal_id', 'id', 'series_animedb_id'],
  rating: ['rating', 'score', 'my_score'],
  status: ['status', 'watching_status', 'my_status'],
} as const;

/**
 * @param name of the file, for messages
 * @throws OsusumeError naming the line that cannot be read
 */
export function parseListCsv(text: string, name: string): OutsideRating[] {
  const [header, ...rows] = csvRecords(text.replace(/^\uFEFF/, ''));
  const names = (header?.fields ?? []).map((column) => column.trim().toLowerCase());
  const column = (wanted: readonly string[]) => names.findIndex((found) => wanted.includes(found));
  const at = {
    animeId: column(COLUMNS.animeId),
    rating: column(COLUMNS.rating),
    status: column(COLUMNS.status),
  };
  if (at.animeId < 0)
    throw new OsusumeError(
      `${name}: no column anime_id in its first line (${names.join(', ').slice(0, 80)})`,
    );
  return rows
    .filter(({ content }) => content.trim() !== '')
    .map(({ fields, line }) => {
      const where = `${name}, line ${line}`;
      if (!fields) throw new OsusumeError(`${where}: its quoting is broken`);
      const animeId = Number(fields[at.animeId]);
      if (!Number.isInteger(animeId) || animeId <= 0)
        throw new OsusumeError(`${where}: anime_id is "${fields[at.animeId]}", expected a number`);
      return {
        animeId,
        rating: ratingOf(fields[at.rating], where),
        status: statusOf(fields[at.status], where),
      };
    });
}

/** Empty, 0 and −1 mean: not scored. */
function ratingOf(field: string | undefined, where: string): number | undefined {
  const text = field?.trim() ?? '';
  if (text === '' || text === '0' || text === '-1') return undefined;
  const rating = Number(text);
  if (!Number.isInteger(rating) || rating < 1 || rating > 10)
    throw new OsusumeError(`${where}: rating is "${text}", expected 1–10 or nothing`);
  return rating;
}

/** A name in any spelling ("Plan to Watch"), or MyAnimeList's code. */
function statusOf(field: string | undefined, where: string): StatusName | undefined {
  const text = field?.trim() ?? '';
  if (text === '') return undefined;
  const name = text.toLowerCase().replace(/[\s-]+/g, '_');
  if (name in STATUS) return name as StatusName;
  const coded = Object.entries(STATUS).find(([, code]) => String(code) === text);
  if (coded) return coded[0] as StatusName;
  throw new OsusumeError(
    `${where}: status is "${text}", expected ${Object.keys(STATUS).join(', ')}`,
  );
}
