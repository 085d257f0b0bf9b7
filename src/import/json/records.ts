/** Finds the entries of a list in any JSON. */
import { columnName, OTHER_IDS, SURE_IDS, TITLES } from '../table/column-names.ts';
import { flat } from './flat.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Objects inside objects that are looked into. */
const DEEPEST = 8;
/** Entries of a list that are looked at to know what it is. */
const SAMPLE = 20;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of all lists of titles in it, in order. */
export function recordsIn(value: unknown): JsonObject[] {
  const found: JsonObject[] = [];
  collect(value, '', DEEPEST, found);
  if (found.length === 0 && isObject(value)) found.push(...scoresByTitle(value));
  return found;
}

function collect(value: unknown, under: string, depth: number, found: JsonObject[]): void {
  if (depth === 0 || typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    const members = Object.entries(value);
    if (isObjectOfEntries(members)) {
      for (const [, entry] of members) found.push(entry as JsonObject);
      return;
    }
    for (const [name, member] of members)
      if (name !== 'included') collect(member, name, depth - 1, found);
    return;
  }
  if (isListOfEntries(value)) {
    for (const entry of value) if (isObject(entry)) found.push(withList(entry, under));
  } else if (value.length > 0 && value.every((entry) => typeof entry === 'string')) {
    if (depth >= DEEPEST - 1) for (const title of value) found.push({ title });
  } else if (value.length > 0 && value.every(Number.isInteger)) {
    if (depth >= DEEPEST - 1) for (const id of value) found.push({ id });
  } else for (const member of value) collect(member, under, depth - 1, found);
}

/** Simkl puts films, series and anime into lists of their own. */
function withList(entry: JsonObject, under: string): JsonObject {
  return under === 'manga' && !('type' in entry) ? { ...entry, type: 'manga' } : entry;
}

function isListOfEntries(values: readonly unknown[]): boolean {
  const sample = values.filter(isObject).slice(0, SAMPLE);
  if (sample.length === 0 || sample.some(hasEntries)) return false;
  return sample.some(isEntry);
}

/** A list of a person's lists, each with entries. */
function hasEntries(value: JsonObject): boolean {
  return Object.entries(value).some(
    ([name, member]) => /^(?:entries|items|anime|nodes|list)$/i.test(name) && Array.isArray(member),
  );
}

/** "1535": {…} */
function isObjectOfEntries(members: readonly (readonly [string, unknown])[]): boolean {
  if (members.length === 0 || !members.every(([, member]) => isObject(member))) return false;
  return members.every(([name]) => /^\d+$/.test(name)) && isEntry(members[0][1] as JsonObject);
}

const NAMED = new Set([...SURE_IDS, ...OTHER_IDS, ...TITLES, 'series_id', 'target_id']);

function isEntry(value: JsonObject): boolean {
  // AniList keeps entries of titles that it no longer has.
  if ('media' in value || 'mediaId' in value) return true;
  for (const [name] of flat(value)) if (NAMED.has(columnName(name).name)) return true;
  return value.type === 'libraryEntries';
}

/** {"Mushishi": 10} */
function scoresByTitle(value: JsonObject): JsonObject[] {
  const members = Object.entries(value);
  const isScores = members.every(([, score]) => typeof score === 'number');
  return members.length > 0 && isScores ? members.map(([title, score]) => ({ title, score })) : [];
}
