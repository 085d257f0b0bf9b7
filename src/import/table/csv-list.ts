/** A list as text in a table: with a header, or without one where its columns tell what they are. */
import { csvRecords } from '../../data/csv/csv.ts';
import { ImportError } from '../list/import-error.ts';
import {
  type ImportedList,
  MOST_ENTRIES,
  type Note,
  note,
  shownCell,
} from '../list/imported-list.ts';
import type { ListOptions } from '../list/list-builder.ts';
import { columnName } from './column-names.ts';
import { type Dialect, dialectOf, LIMITS } from './dialect.ts';
import { headerFor } from './headerless.ts';
import { layoutOf } from './layouts.ts';
import type { Table, TableRow } from './table.ts';
import { listOfTable } from './table-list.ts';
import { listOfLines } from './title-lines.ts';

/** Lines of a file, empty ones and those inside quotes included. */
const MOST_LINES = 8 * MOST_ENTRIES;

/**
 * A CSV in any dialect, or titles line by line.
 * @throws ImportError that says why it is no list
 */
export function readListText(
  text: string,
  options: ListOptions & { readonly notes?: readonly Note[] },
): ImportedList {
  const content = withNewlines(text.replace(/^\uFEFF/, ''), options.name);
  if (content.trim() === '') throw new ImportError('unreadable', `${options.name} is empty`);
  const dialect = dialectOf(content);
  if (dialect.isForeign) throw noColumn(options.name, content, dialect);
  const table = dialect.header === null ? headerFor(content) : tableOf(content, dialect);
  if (table === null) return listOfLines(content, options);
  const isHeaderless = dialect.header === null;
  const layout = layoutOf(table.header.map((column) => columnName(column).name));
  const notes = [...(options.notes ?? []), ...(isHeaderless ? [note('no-header')] : [])];
  const about = { source: 'csv' as const, owner: null, ...layout };
  return listOfTable(table, { ...options, about, notes });
}

function tableOf(content: string, { separator, header }: Dialect): Table {
  const skipped = (header ?? 0) + 1;
  const records = () => csvRecords(content, separator, LIMITS);
  function* rows(): Generator<TableRow> {
    let at = 0;
    for (const record of records()) if (at++ >= skipped) yield record;
  }
  let at = 0;
  for (const { fields } of records())
    if (++at === skipped) return { header: fields ?? [], separator, rows };
  return { header: [], separator, rows };
}

/**
 * Some spreadsheets end lines with only a carriage return.
 * @throws ImportError when there are more lines than any list has
 */
function withNewlines(text: string, name: string): string {
  const end = text.includes('\n') ? '\n' : '\r';
  let lines = 0;
  for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, at + 1))
    if (++lines > MOST_LINES)
      throw new ImportError(
        'too-large',
        `${name} has more than ${MOST_LINES} lines: is it one person's list?`,
      );
  return end === '\n' ? text : text.replaceAll('\r', '\n');
}

function noColumn(name: string, content: string, { separator }: Dialect): ImportError {
  const header = csvRecords(content, separator, LIMITS).next().value?.fields ?? [];
  return new ImportError(
    'unreadable',
    `${name}: no column anime_id (MyAnimeList's id) and none with titles in its first lines, which begin with: ${shownCell(header.join(', '))}`,
  );
}
