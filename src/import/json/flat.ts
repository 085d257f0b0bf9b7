/** An entry of JSON as columns: what it says of the title and of the person, without the objects around it. */
import { columnName, SCORES, STATUSES, WATCHED } from '../table/column-names.ts';

/** Objects that describe the title: scores and statuses in them are not the person's. */
const ABOUT_TITLE = new Set([
  'node',
  'media',
  'anime',
  'show',
  'movie',
  'series',
  'target',
  'work',
  'subject',
]);
const ABOUT_ENTRY = new Set([
  'list_status',
  'my_list_status',
  'attributes',
  'entry',
  'library_entry',
]);
const NOT_OF_TITLE = new Set([...SCORES, ...STATUSES, ...WATCHED]);
const DEEPEST = 4;
/** Letters of a value; texts are longer and not needed. */
const LONGEST = 2000;

/** Names may come twice: the first counts. */
export function* flat(entry: object): Generator<[name: string, value: string]> {
  const names = new Set<string>();
  for (const [name, value] of walk(entry, '', false, DEEPEST)) {
    if (names.has(name)) continue;
    names.add(name);
    yield [name, value];
  }
}

function* walk(
  object: object,
  prefix: string,
  isTitle: boolean,
  depth: number,
): Generator<[string, string]> {
  const inner: [string, object][] = [];
  for (const [key, value] of Object.entries(object)) {
    if (typeof value === 'object' && value !== null) {
      if (!Array.isArray(value)) inner.push([key, value]);
      continue;
    }
    const name = prefix + key;
    const column = columnName(name).name;
    const isForeign = NOT_OF_TITLE.has(column) || column === 'id';
    if (!(isTitle && isForeign)) yield [name, textOf(value)];
  }
  if (depth === 0) return;
  // What stands nearer to the top is more the person's.
  for (const [key, value] of inner) {
    const column = columnName(key).name;
    if (ABOUT_TITLE.has(column)) yield* walk(value, '', true, depth - 1);
    else if (ABOUT_ENTRY.has(column)) yield* walk(value, prefix, isTitle, depth - 1);
    else yield* walk(value, `${prefix}${key}_`, isTitle, depth - 1);
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return String(value).slice(0, LONGEST);
}
