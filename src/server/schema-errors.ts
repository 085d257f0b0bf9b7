/** What a schema check finds wrong. It looks at the beginning of what is long, so that a hostile request costs no more than a wrong one. */
import { MAX_RATINGS } from '../recommend/profile.ts';
import type { SchemaError } from './problem.ts';

/** No list may have more entries than MAX_RATINGS: one more says that there are too many. */
const ENTRIES = MAX_RATINGS + 1;
/** Of an object; no schema has so many. */
const NAMES = 100;

interface Check {
  Errors(value: unknown): readonly SchemaError[];
}

/** @param value that the check has refused */
export function errorsOf(check: Check, value: unknown): readonly SchemaError[] {
  return check.Errors(beginningOf(value));
}

/** Every error is collected before the first is shown: of a million of them the others are not worth the seconds. */
function beginningOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > ENTRIES ? value.slice(0, ENTRIES) : value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).slice(0, NAMES);
  return Object.fromEntries(entries.map(([name, part]) => [name, beginningOf(part)]));
}
