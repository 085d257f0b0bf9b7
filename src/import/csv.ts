/**
 * A person's list as CSV: a header with anime_id (or MAL_ID, id) and, if known, rating (or score), status and title.
 * The columns of exporters of other sites are understood where they have MyAnimeList's id.
 */
import { csvRecords } from '../data/csv.ts';
import { STATUS, type StatusName } from '../data/interactions.ts';
import {
  ImportError,
  type ImportedEntry,
  type ImportedList,
  MOST_ENTRIES,
  plainTitle,
  tooManyEntries,
  type UnknownTitle,
} from './imported-list.ts';
import { onTen, type Scale, scaleOf, scoreFrom } from './scale.ts';
import { statusFrom } from './status-words.ts';

const COLUMNS = {
  animeId: ['anime_id', 'mal_id', 'id_mal', 'myanimelist_id', 'series_animedb_id', 'mal', 'id'],
  rating: ['rating', 'score', 'my_score', 'rating_twenty', 'stars', 'score_100'],
  status: ['status', 'watching_status', 'my_status', 'list_status'],
  title: ['title', 'name', 'series_title', 'title_romaji', 'romaji', 'canonical_title'],
} as const;

/** Columns that name their scale. */
const SCALED: Readonly<Record<string, Scale>> = {
  rating_twenty: '1-20',
  stars: '1-5',
  score_100: '1-100',
};

interface Row {
  readonly where: string;
  readonly animeId: number | null;
  readonly score: number | undefined;
  readonly status: StatusName;
  readonly title: string;
}

/**
 * @param name of the file, for messages
 * @throws ImportError naming the line that cannot be read
 */
export function readListCsv(text: string, name: string): ImportedList {
  const records = csvRecords(text.replace(/^\uFEFF/, ''));
  const header = records.next().value?.fields ?? [];
  const names = header.map(columnName);
  const at = columnsOf(names);
  if (at.animeId < 0) throw noIdColumn(name, header);
  const rows: Row[] = [];
  for (const { fields, line, content } of records) {
    if (content.trim() === '') continue;
    const where = `${name}, line ${line}`;
    if (!fields) throw new ImportError('unreadable', `${where}: its quoting is broken`);
    if (rows.length === MOST_ENTRIES) throw tooManyEntries(name);
    rows.push(rowOf(fields, at, where));
  }
  const scale = SCALED[names[at.rating]] ?? guessedScale(rows);
  const entries: ImportedEntry[] = [];
  const unknown: UnknownTitle[] = [];
  for (const { animeId, score, status, title } of rows) {
    if (animeId === null) unknown.push({ title, animeId, reason: 'no-id' });
    else {
      const rating = score === undefined ? undefined : onTen(score, scale);
      entries.push({ animeId, title: title || null, rating, status });
    }
  }
  return { source: 'csv', owner: null, entries, unknown, scale };
}

/** "MAL ID" and "malId" are mal_id. */
function columnName(column: string): string {
  return column
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** Places of the columns; −1 = absent. Of several names the first in `COLUMNS` counts. */
function columnsOf(names: readonly string[]): Record<keyof typeof COLUMNS, number> {
  const place = (wanted: readonly string[]) =>
    wanted.map((name) => names.indexOf(name)).find((found) => found >= 0) ?? -1;
  return {
    animeId: place(COLUMNS.animeId),
    rating: place(COLUMNS.rating),
    status: place(COLUMNS.status),
    title: place(COLUMNS.title),
  };
}

function noIdColumn(name: string, header: readonly string[]): ImportError {
  const found = plainTitle(header.join(', ')).slice(0, 80);
  return new ImportError(
    'unreadable',
    `${name}: no column anime_id (MyAnimeList's id) in its first line${found && `, which is: ${found}`}`,
  );
}

function rowOf(
  fields: readonly string[],
  at: Readonly<Record<keyof typeof COLUMNS, number>>,
  where: string,
): Row {
  const title = plainTitle(fields[at.title] ?? '');
  const id = fields[at.animeId]?.trim() ?? '';
  const animeId = id === '' && title !== '' ? null : Number(id);
  if (animeId !== null && !(Number.isSafeInteger(animeId) && animeId > 0)) {
    throw new ImportError(
      'unreadable',
      `${where}: anime_id is "${plainTitle(id).slice(0, 40)}", expected a number`,
    );
  }
  const score = scoreFrom(fields[at.rating]);
  if (score !== undefined && !(score > 0)) throw wrongRating(fields[at.rating], where);
  return { where, animeId, score, status: statusOf(fields[at.status], where), title };
}

/** A list that says nothing is one of what was seen. */
function statusOf(field: string | undefined, where: string): StatusName {
  const text = field?.trim() ?? '';
  const status = text === '' ? 'completed' : statusFrom(text);
  if (status !== null) return status;
  throw new ImportError(
    'unreadable',
    `${where}: status is "${plainTitle(text).slice(0, 40)}", expected ${Object.keys(STATUS).join(', ')}`,
  );
}

function guessedScale(rows: readonly Row[]): Scale {
  const scale = scaleOf(rows.map(({ score }) => score ?? 0).filter((score) => score > 0));
  if (scale !== null) return scale;
  const wrong = rows.find(({ score }) => score !== undefined && score > 10);
  throw wrongRating(String(wrong?.score), wrong?.where ?? '');
}

function wrongRating(text: string | undefined, where: string): ImportError {
  const shown = plainTitle(text ?? '').slice(0, 40);
  return new ImportError(
    'unreadable',
    `${where}: rating is "${shown}", expected 1–10 (or 1–100 throughout) or nothing`,
  );
}
