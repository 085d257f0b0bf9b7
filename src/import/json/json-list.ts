/**
 * A list as JSON: of sites, of their APIs and of programs. Whatever holds an object for each title is read as a table,
 * whose columns are the names in the objects.
 */
import { ImportError } from '../list/import-error.ts';
import { type ImportedList, type Note, shownCell } from '../list/imported-list.ts';
import type { ListOptions } from '../list/list-builder.ts';
import type { TableRow } from '../table/table.ts';
import { listOfTable } from '../table/table-list.ts';
import { flat } from './flat.ts';
import { siteOf } from './json-sites.ts';
import { isObject, type JsonObject, recordsIn } from './records.ts';

/** Objects, lists and commas of a file: 65,536 entries have 300,000 and 3,000,000. Tens of millions take long to parse. */
const MOST_BRACKETS = 2_000_000;
const MOST_COMMAS = 8_000_000;
/** Names in the objects of a list. */
const MOST_NAMES = 1000;

/**
 * @returns null when the text is not meant to be JSON: "[x] Mushishi"
 * @throws ImportError when it is damaged, or no list
 */
export function readListJson(
  text: string,
  options: ListOptions & { readonly notes?: readonly Note[] },
): ImportedList | null {
  const value = parsed(text, options.name);
  if (value === undefined) return null;
  const records = recordsIn(value);
  if (records.length === 0) throw noList(value, options.name);
  const site = siteOf(value, records);
  const rows: TableRow[] = [];
  const names = new Map<string, number>();
  let deleted = 0;
  for (const [at, record] of records.entries()) {
    const read = site.read(record);
    if (read === 'deleted') deleted++;
    else rows.push({ line: at + 1, fields: fieldsOf(read, names, options.name) });
  }
  const header = [...names.keys()];
  const about = {
    ...{ source: 'json' as const, format: site.name, owner: site.owner },
    ...(site.isMixed ? { isMixed: true } : {}),
  };
  const notes = [...(options.notes ?? []), ...site.notes()];
  const table = {
    header: header.length > 0 ? header : ['title'],
    separator: ',',
    rows: () => rows,
  };
  const list = listOfTable(table, { ...options, about, notes, namedScale: site.scale });
  return deleted > 0 ? { ...list, leftOut: { ...list.leftOut, deleted } } : list;
}

/** In the order in which the names come first. */
function fieldsOf(record: JsonObject, names: Map<string, number>, file: string): string[] {
  const fields: string[] = [];
  for (const [name, value] of flat(record)) {
    const at = names.get(name) ?? names.size;
    if (at >= MOST_NAMES)
      throw new ImportError('too-large', `${file} has entries with more than ${MOST_NAMES} names`);
    names.set(name, at);
    fields[at] = value;
  }
  return Array.from(fields, (field) => field ?? '');
}

/** @returns undefined when it is not meant to be JSON */
function parsed(text: string, name: string): unknown {
  let brackets = 0;
  let commas = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OBJECT || code === LIST) brackets++;
    else if (code === COMMA) commas++;
  }
  if (brackets > MOST_BRACKETS || commas > MOST_COMMAS)
    throw new ImportError('too-large', `${name} has far more in it than the list of a person`);
  const json = text.replace(/^\uFEFF/, '').trim();
  try {
    return JSON.parse(json);
  } catch (error) {
    const lines = linesOf(json);
    if (lines) return lines;
    if (!/^(?:\{\s*"|\[\s*[{["\d])/.test(json)) return undefined;
    const where = /position \d+/.exec((error as Error).message)?.[0] ?? 'its end';
    throw new ImportError(
      'unreadable',
      `${name} is JSON that is damaged or cut off (at ${where}). Export it again`,
    );
  }
}

/** An object a line. */
function linesOf(json: string): JsonObject[] | null {
  if (!json.startsWith('{')) return null;
  const objects: JsonObject[] = [];
  for (const line of json.split('\n')) {
    if (line.trim() === '') continue;
    try {
      const value: unknown = JSON.parse(line);
      if (!isObject(value)) return null;
      objects.push(value);
    } catch {
      return null;
    }
  }
  return objects;
}

const OBJECT = 0x7b;
const LIST = 0x5b;
const COMMA = 0x2c;

function noList(value: unknown, name: string): ImportError {
  const names = isObject(value) ? Object.keys(value).join(', ') : '';
  const found = names === '' ? '' : `: it has ${shownCell(names)}`;
  return new ImportError('unreadable', `${name} is JSON without a list of titles${found}`);
}
