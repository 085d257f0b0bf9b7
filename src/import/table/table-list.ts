/**
 * A table → a list. The rows come from a CSV or from JSON; which column is which is found by name and by content. One
 * cell that cannot be read costs that cell only, and is listed.
 */
import type { CsvFault } from '../../data/csv/csv.ts';
import { ImportError } from '../list/import-error.ts';
import {
  type ImportedList,
  type LeftOut,
  type ListFacts,
  type Note,
  note,
  plainTitle,
  shownCell,
} from '../list/imported-list.ts';
import { ListBuilder, type ListOptions } from '../list/list-builder.ts';
import type { Scale } from '../list/scale.ts';
import { isReading } from '../list/status-words.ts';
import { otherMediumFrom, typeFrom } from '../list/type-words.ts';
import { addressIn, ColumnFinder, type Columns, isYes } from './columns.ts';
import { LIMITS } from './dialect.ts';
import { NetflixRows } from './netflix.ts';
import type { Table } from './table.ts';

export interface TableOptions extends ListOptions {
  readonly about: Pick<ListFacts, 'source' | 'format' | 'owner' | 'isMixed'>;
  readonly notes?: readonly Note[];
  /** the scale that scores of this format always have; null = the columns tell it */
  readonly namedScale?: Scale | null;
}

const FAULTS: Readonly<Record<CsvFault, string>> = {
  'broken-quoting': 'its quoting is broken',
  'too-many-fields': `it has more than ${LIMITS.mostFields} fields`,
  'too-long-field': `it has a field of more than ${LIMITS.longestField} letters`,
};

/** @throws ImportError when there are no titles and no ids, or more than any list has */
export function listOfTable(table: Table, options: TableOptions): ImportedList {
  const columns = columnsOf(table);
  if (columns.animeId < 0 && columns.address < 0 && columns.titles.length === 0)
    throw noColumn(options.name, table.header);
  const builder = new ListBuilder(options);
  const isNetflix = NetflixRows.fits(table, columns);
  const netflix = isNetflix ? new NetflixRows() : null;
  let rows = 0;
  for (const row of table.rows()) {
    if (row.fields?.every((field) => field.trim() === '')) continue;
    rows++;
    if (!row.fields) builder.unread('row', FAULTS[row.fault ?? 'broken-quoting'], row.line);
    else if (netflix) netflix.add(row.fields[columns.titles[0]] ?? '', row.line);
    else addRow(withWholeTitle(row.fields, table, columns), row.line, columns, builder);
  }
  for (const watched of netflix?.rows() ?? []) builder.add(watched);
  const about = netflix ? { ...options.about, format: 'Netflix', isMixed: true } : options.about;
  const list = builder.list(about, options.namedScale ?? columns.scale, [
    ...(options.notes ?? []),
    ...notesOf(columns),
  ]);
  if (rows > 0 && isNothing(list)) throw nothingRead(list, options.name);
  return list;
}

/** @throws ImportError when no row has anything: it is no list */
function nothingRead({ unread }: ImportedList, name: string): ImportError {
  const [{ line, what, value }] = unread;
  const said = value === '' ? 'is empty' : `is "${value}"`;
  return new ImportError(
    'unreadable',
    `${name}: no row can be read. In line ${line}, the ${what === 'row' ? 'row' : what} ${said}`,
  );
}

function isNothing({ rows, unread, leftOut }: ImportedList): boolean {
  const others = Object.values(leftOut).some((count) => count > 0);
  return (
    rows.every(({ animeId, names }) => animeId === null && names.length === 0) &&
    unread.length > 0 &&
    !others
  );
}

function columnsOf({ header, rows }: Table): Columns {
  const finder = new ColumnFinder(header);
  for (const { fields } of rows()) if (fields) finder.add(fields);
  return finder.columns();
}

function notesOf({ hasOnlyMeans, hasOnlyAges }: Columns): Note[] {
  return [
    ...(hasOnlyMeans ? [note('mean-not-read')] : []),
    ...(hasOnlyAges && !hasOnlyMeans ? [note('ages-not-read')] : []),
  ];
}

/** "Love, Chunibyo & Other Delusions!,8": a title that was not quoted has become several fields. */
function withWholeTitle(
  fields: readonly string[],
  { header, separator }: Table,
  { titles }: Columns,
): readonly string[] {
  let { length } = fields;
  while (length > header.length && fields[length - 1].trim() === '') length--;
  const surplus = length - header.length;
  if (surplus <= 0 || titles.length !== 1) return fields;
  const [at] = titles;
  const whole = fields.slice(at, at + surplus + 1).join(separator === ',' ? ',' : ` ${separator} `);
  return [...fields.slice(0, at), whole, ...fields.slice(at + surplus + 1, length)];
}

function addRow(
  fields: readonly string[],
  line: number,
  columns: Columns,
  builder: ListBuilder,
): void {
  const cell = (at: number) => (at < 0 ? '' : (fields[at] ?? ''));
  const address = addressIn(cell(columns.address));
  const other = address?.kind === 'manga' ? 'manga' : otherMedium(cell, columns);
  if (other !== null) {
    builder.leaveOut(other);
    return;
  }
  const all = columns.titles.map((column) => plainTitle(cell(column)));
  const names = [...new Set(all)].filter((title) => title !== '');
  const id = address ? { animeId: address.id, isSure: true } : idOf(cell, columns);
  const written = cell(columns.animeId).trim();
  if (id.animeId === null && written !== '' && !isNoId(written) && columns.isSure)
    builder.unread('id', written, line);
  else if (id.animeId === null && names.length === 0)
    builder.unread('title', written === '0' ? '0' : '', line);
  builder.add({
    ...id,
    line,
    names,
    score: cell(columns.rating),
    status: statusOf(cell(columns.status), columns),
    watched: watchedIn(cell(columns.watched)),
    year: yearIn(cell(columns.year)),
    type: columns.types.map((at) => typeFrom(cell(at))).find((type) => type !== null) ?? null,
  });
}

type Cell = (at: number) => string;

function otherMedium(cell: Cell, columns: Columns): LeftOut | null {
  if (isReading(cell(columns.status))) return 'manga';
  for (const at of columns.types) {
    const other = otherMediumFrom(cell(at));
    if (other !== null) return other;
  }
  // Yamtrack: anime is what comes from MyAnimeList, or is called so.
  if (columns.source < 0) return null;
  const isForeign = /^(?:tmdb|igdb|openlibrary|hardcover|mangaupdates|comicvine|bgg)$/i.test(
    cell(columns.source).trim(),
  );
  const isAnime = columns.types.some((at) => /^anime$/i.test(cell(at).trim()));
  return isForeign && !isAnime ? 'other-media' : null;
}

function idOf(cell: Cell, columns: Columns): { animeId: number | null; isSure: boolean } {
  const written = cell(columns.animeId).trim();
  const source = cell(columns.source).trim().toLowerCase();
  const isMal = source === 'mal' || source === 'myanimelist';
  const isElsewhere = /^(?:tmdb|tvdb|imdb|manual|anilist|kitsu|simkl|anidb|igdb)$/.test(source);
  const id = /^\d{1,9}(?:\.0+)?$/.test(written) ? Math.trunc(Number(written)) : 0;
  if (id <= 0 || (isElsewhere && !columns.isSure)) return { animeId: null, isSure: false };
  return { animeId: id, isSure: columns.isSure || isMal };
}

/** How exporters write that there is no id. */
function isNoId(text: string): boolean {
  return /^(?:0|-1|-|none|null|nan|n\/a|unknown|undefined)(?:\.0)?$/i.test(text);
}

function statusOf(text: string, { isYesNo }: Columns): string {
  if (!isYesNo || text.trim() === '') return text;
  return isYes(text) ? 'completed' : 'plan_to_watch';
}

/** "37 / 37", "12", "s1e12" @returns null = not said */
export function watchedIn(text: string): number | null {
  if (text === '') return null;
  const [, count] = /^(?:s\d+e|ep?\.?\s*)?(\d{1,5})(?:\.0+)?\s*(?:\/.*)?$/i.exec(text.trim()) ?? [];
  return count === undefined ? null : Number(count);
}

function yearIn(text: string): number | null {
  if (text === '') return null;
  return Number(/\b(?:19|20)\d\d\b/.exec(text)?.[0]) || null;
}

function noColumn(name: string, header: readonly string[]): ImportError {
  const found = shownCell(header.join(', '));
  return new ImportError(
    'unreadable',
    `${name}: no column anime_id (MyAnimeList's id) and none with titles in its header${found && `, which is: ${found}`}`,
  );
}
