/**
 * Errors of a schema check. The check finds out quickly that a value is wrong, but takes 3 µs an entry to say where: a
 * list of all titles would take a tenth of a second. So long lists are examined a part at a time.
 */
import { MAX_RATINGS } from '../../recommend/profile.ts';
import type { SchemaError } from './problem.ts';

/** Entries of a list that are examined together. All lists but the ratings may have fewer: these are not divided. */
const PART = 1001;
/** of an object; no schema has so many */
const MAX_FIELDS = 100;
/** of nested objects; no schema goes so deep */
const MAX_DEPTH = 20;

interface Check {
  Check(value: unknown): boolean;
  Errors(value: unknown): readonly SchemaError[];
}

/** A list that is longer than a part. */
interface LongList {
  readonly path: string;
  readonly entries: readonly unknown[];
  /** what stands for it in the value that is examined */
  readonly part: unknown[];
}

/** @param value one that the check has refused */
export function errorsOf(check: Check, value: unknown): readonly SchemaError[] {
  const longLists: LongList[] = [];
  const short = shortened(value, '', longLists);
  if (!check.Check(short)) return check.Errors(short);
  for (const list of longLists) {
    const errors = errorsBehind(check, short, list);
    if (errors) return errors;
  }
  return longLists.length > 0 ? longLists.map(({ path }) => tooLong(path)) : check.Errors(value);
}

/** Errors of the list behind its first part; null = none. */
function errorsBehind(
  check: Check,
  short: unknown,
  { path, entries, part }: LongList,
): readonly SchemaError[] | null {
  const first = [...part];
  const most = Math.min(entries.length, MAX_RATINGS);
  for (let from = PART; from < most; from += PART) {
    part.splice(0, part.length, ...entries.slice(from, from + PART));
    if (check.Check(short)) continue;
    return check.Errors(short).map((error) => movedBy(from, path, error));
  }
  part.splice(0, part.length, ...first);
  return null;
}

/** /ratings/3/rating → /ratings/1004/rating */
function movedBy(from: number, path: string, error: SchemaError): SchemaError {
  const { instancePath } = error;
  if (!instancePath.startsWith(`${path}/`)) return error;
  const [index, ...rest] = instancePath.slice(path.length + 1).split('/');
  return { ...error, instancePath: [path, Number(index) + from, ...rest].join('/') };
}

function tooLong(instancePath: string): SchemaError {
  const message = `must not have more than ${MAX_RATINGS} items`;
  return { instancePath, keyword: 'maxItems', params: { limit: MAX_RATINGS }, message };
}

/** The value with the beginnings of its long lists, and of objects that have more fields than a schema. */
function shortened(value: unknown, path: string, longLists: LongList[], depth = 0): unknown {
  if (Array.isArray(value)) {
    if (value.length <= PART) return value;
    const part = value.slice(0, PART);
    longLists.push({ path, entries: value, part });
    return part;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields: [name: string, part: unknown][] = [];
  for (const name in value) {
    // One more than there may be: a limit on their number then still fails.
    if (depth === MAX_DEPTH || fields.length > MAX_FIELDS) break;
    const field = (value as Record<string, unknown>)[name];
    fields.push([name, shortened(field, `${path}/${name}`, longLists, depth + 1)]);
  }
  return Object.fromEntries(fields);
}
