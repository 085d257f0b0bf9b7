/** Errors of a schema check. Only the beginning of long values is examined, so that a hostile request costs no more than a wrong one. */
import { MAX_RATINGS } from '../../recommend/profile.ts';
import type { SchemaError } from './problem.ts';

/** No list may have more than MAX_RATINGS entries; one more is enough to see that there are too many. */
const MAX_ENTRIES = MAX_RATINGS + 1;
/** of an object; no schema has so many */
const MAX_FIELDS = 100;
/** of nested objects; no schema goes so deep */
const MAX_DEPTH = 20;

interface Check {
  Errors(value: unknown): readonly SchemaError[];
}

/** @param value one that the check has refused */
export function errorsOf(check: Check, value: unknown): readonly SchemaError[] {
  return check.Errors(beginningOf(value));
}

/**
 * The check collects all errors before the first is shown, which for a million of them would take seconds. One field
 * more than the maximum is kept, so that a limit on their number still fails.
 */
function beginningOf(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.length > MAX_ENTRIES ? value.slice(0, MAX_ENTRIES) : value;
  if (typeof value !== 'object' || value === null) return value;
  const entries: [name: string, part: unknown][] = [];
  for (const name in value) {
    if (depth === MAX_DEPTH || entries.length > MAX_FIELDS) break;
    entries.push([name, beginningOf((value as Record<string, unknown>)[name], depth + 1)]);
  }
  return Object.fromEntries(entries);
}
