/**
 * A person's list as CSV: a header with anime_id (or MAL_ID, id) or a title and, if known, rating (or score) and status.
 * The columns of other sites' exports are understood. A row without an id is looked up by its title later:
 * see by-name.ts.
 */
import type { AnimeType } from '../data/anime.ts';
import { type CsvFault, csvRecords } from '../data/csv/csv.ts';
import { STATUS, type StatusName } from '../data/interactions.ts';
import { firstLetters } from '../first-letters.ts';
import { type Columns, columnsOf } from './csv-columns.ts';
import {
  ImportError,
  type ImportedEntry,
  type ImportedList,
  MOST_ENTRIES,
  type NamedEntry,
  plainTitle,
  tooManyEntries,
} from './imported-list.ts';
import { highestOf, onTen, type Scale, scaleOfColumn, scoreFrom } from './scale.ts';
import { statusFrom } from './status-words.ts';
import { typeFrom } from './type-words.ts';

/** No export has a tenth as many. */
const MOST_COLUMNS = 1000;
/** UTF-16 units of a field: a person's notes on a title are longer nowhere. */
const LONGEST_FIELD = 1 << 16;
/** Lines of a file, empty ones and those inside quotes included. */
const MOST_LINES = 4 * MOST_ENTRIES;
/** Names of titles without an id, each of which is looked up: more than one file with all titles has. */
const MOST_NAMES = 2 * MOST_ENTRIES;

const FAULTS: Readonly<Record<CsvFault, string>> = {
  'broken-quoting': 'its quoting is broken',
  'too-many-fields': `it has more than ${MOST_COLUMNS} fields`,
  'too-long-field': `it has a field of more than ${LONGEST_FIELD} letters`,
};

interface Row {
  readonly line: number;
  readonly animeId: number | null;
  readonly score: number | undefined;
  readonly status: StatusName;
  /** every name that is not empty; with an id, only the first */
  readonly names: readonly string[];
  readonly year: number | null;
  readonly type: AnimeType | null;
}

/**
 * @param name of the file, for messages
 * @throws ImportError naming the line that cannot be read
 */
export function readListCsv(text: string, name: string): ImportedList {
  const content = withNewlines(text.replace(/^\uFEFF/, ''), name);
  const limits = { mostFields: MOST_COLUMNS, longestField: LONGEST_FIELD };
  const records = csvRecords(content, separatorOf(content), limits);
  const header = records.next().value?.fields ?? [];
  const columns = columnsOf(header);
  if (columns.animeId < 0 && columns.titles.length === 0) throw noColumn(name, header);
  const rows: Row[] = [];
  let names = 0;
  for (const { fields, fault, line, content } of records) {
    if (content.trim() === '') continue;
    const where = `${name}, line ${line}`;
    if (!fields)
      throw new ImportError('unreadable', `${where}: ${FAULTS[fault ?? 'broken-quoting']}`);
    if (rows.length === MOST_ENTRIES) throw tooManyEntries(name);
    const row = rowOf(fields, columns, { line, where });
    if (row.animeId === null) names += row.names.length;
    if (names > MOST_NAMES) throw tooMany(name, `${MOST_NAMES} names of titles without an id`);
    rows.push(row);
  }
  return listOf(rows, scaleFor(rows, columns, name));
}

/** @throws ImportError when it is not UTF-8 */
export function csvText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ImportError('unreadable', `${name} is not text in UTF-8. Save the CSV as UTF-8`);
  }
}

/**
 * Some spreadsheets end lines with only a carriage return.
 * @throws ImportError when there are more lines than any list has
 */
function withNewlines(text: string, name: string): string {
  const end = text.includes('\n') ? '\n' : '\r';
  let lines = 0;
  for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, at + 1))
    if (++lines > MOST_LINES) throw tooMany(name, `${MOST_LINES} lines`);
  return end === '\n' ? text : text.replaceAll('\r', '\n');
}

function tooMany(name: string, what: string): ImportError {
  return new ImportError('too-large', `${name} has more than ${what}: is it one person's list?`);
}

/** Spreadsheets separate fields by semicolons in countries with a decimal comma. */
function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  return [',', ';', '\t'].find((separator) => header.includes(separator)) ?? ',';
}

function listOf(rows: readonly Row[], scale: Scale): ImportedList {
  const entries: ImportedEntry[] = [];
  const named: NamedEntry[] = [];
  for (const { animeId, score, status, names, line, year, type } of rows) {
    const rating = score === undefined ? undefined : onTen(score, scale);
    if (animeId !== null) entries.push({ animeId, title: names[0] ?? null, rating, status });
    else named.push({ names, rating, status, line, year, type, after: entries.length });
  }
  const list: ImportedList = { source: 'csv', owner: null, entries, unknown: [], scale };
  return named.length > 0 ? { ...list, named } : list;
}

function noColumn(name: string, header: readonly string[]): ImportError {
  const found = firstLetters(plainTitle(header.join(', ')), 80);
  return new ImportError(
    'unreadable',
    `${name}: no column anime_id (MyAnimeList's id) and none with titles in its first line${found && `, which is: ${found}`}`,
  );
}

interface Position {
  readonly line: number;
  /** for messages */
  readonly where: string;
}

function rowOf(fields: readonly string[], columns: Columns, { line, where }: Position): Row {
  const all = columns.titles.map((column) => plainTitle(fields[column] ?? ''));
  const names = [...new Set(all)].filter((title) => title !== '');
  const animeId = idOf(fields[columns.animeId], names, where);
  return {
    line,
    animeId,
    score: scoreOf(fields[columns.rating], where),
    status: statusOf(fields[columns.status], where),
    // One is enough for a message about a title that has an id.
    names: animeId === null ? names : names.slice(0, 1),
    year: Number(/\b(?:19|20)\d\d\b/.exec(fields[columns.year] ?? '')?.[0]) || null,
    type: typeFrom(fields[columns.type] ?? ''),
  };
}

/** @returns null for a row that has a name instead */
function idOf(field: string | undefined, names: readonly string[], where: string): number | null {
  const text = field?.trim() ?? '';
  if (text === '' && names.length > 0) return null;
  const id = Number(text);
  if (Number.isSafeInteger(id) && id > 0) return id;
  const what =
    field === undefined ? 'it has no title' : `anime_id is "${shown(text)}", expected a number`;
  throw new ImportError('unreadable', `${where}: ${what}`);
}

/** @returns undefined = not scored */
function scoreOf(field: string | undefined, where: string): number | undefined {
  const score = scoreFrom(field);
  if (score === undefined || score > 0) return score;
  throw wrongRating(field, where, '1–10 (or 1–100 throughout)');
}

/** Without a status, the list is taken for one of titles that were seen. */
function statusOf(field: string | undefined, where: string): StatusName {
  const text = field?.trim() ?? '';
  const status = text === '' ? 'completed' : statusFrom(text);
  if (status !== null) return status;
  throw new ImportError(
    'unreadable',
    `${where}: status is "${shown(text)}", expected ${Object.keys(STATUS).join(', ')}`,
  );
}

/** From the name of the column, else from the scores. */
function scaleFor(rows: readonly Row[], { scale }: Columns, name: string): Scale {
  const scores = rows.map(({ score }) => score ?? 0).filter((score) => score > 0);
  const found = scores.length === 0 ? 'none' : (scale ?? scaleOfColumn(scores));
  const most = highestOf(found ?? '1-10');
  const wrong = rows.find(({ score }) => score !== undefined && score > most);
  if (found !== null && !wrong) return found;
  const where = `${name}, line ${wrong?.line}`;
  throw wrongRating(
    String(wrong?.score),
    where,
    scale ? `1–${most}` : '1–10 (or 1–100 throughout)',
  );
}

function wrongRating(text: string | undefined, where: string, expected: string): ImportError {
  return new ImportError(
    'unreadable',
    `${where}: rating is "${shown(text ?? '')}", expected ${expected} or nothing`,
  );
}

function shown(text: string): string {
  return firstLetters(plainTitle(text), 40);
}
