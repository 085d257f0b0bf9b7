/** What a schema check finds wrong. It looks at the beginning of what is long, so that a hostile request costs no more than a wrong one. */
import { MAX_RATINGS } from '../../recommend/profile.ts';
import type { SchemaError } from './problem.ts';

/** No list may have more entries than MAX_RATINGS: one more says that there are too many. */
const ENTRIES = MAX_RATINGS + 1;
/** Of an object; no schema has so many. */
const NAMES = 100;
/** Of objects in objects; no schema goes so deep. */
const DEPTH = 20;

interface Check {
  Errors(value: unknown): readonly SchemaError[];
}

/** @param value that the check has refused */
export function errorsOf(check: Check, value: unknown): readonly SchemaError[] {
  return check.Errors(beginningOf(value));
}

/**
 * Every error is collected before the first is shown: of a million of them the others are not worth the seconds. One
 * name more than is looked at stays, so that a check of how many there are still fails.
 */
function beginningOf(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.length > ENTRIES ? value.slice(0, ENTRIES) : value;
  if (typeof value !== 'object' || value === null) return value;
  const entries: [name: string, part: unknown][] = [];
  for (const name in value) {
    if (depth === DEPTH || entries.length > NAMES) break;
    entries.push([name, beginningOf((value as Record<string, unknown>)[name], depth + 1)]);
  }
  return Object.fromEntries(entries);
}
