/** A record read as text → the numbers of a row, or why they cannot be used. */
import { splitLine } from './csv.ts';
import type { PersonNames } from './person-names.ts';
import { KIND, type RatingPlan, SLOT, SLOTS } from './rating-plan.ts';
import { isMissing, parseInteger, parseStatus, parseTenths, parseTime } from './rating-values.ts';
import type { Reason } from './rejects.ts';

const MAX_INTEGER = 2 ** 31 - 1;

/** @param record without its line break */
export function readTextRow(
  record: Buffer,
  plan: RatingPlan,
  names: PersonNames,
): number[] | Reason {
  // One character a byte: names are only compared, and everything else is ASCII.
  if (!plan.hasText && !isUtf8(record)) return 'broken encoding';
  const text = record.toString('latin1').replace(/\r$/, '');
  const fields = splitLine(text, String.fromCharCode(plan.separator));
  if (!fields) return 'broken quoting';
  if (fields.length !== plan.kinds.length) return 'wrong number of fields';
  const row = new Array<number>(SLOTS).fill(0);
  for (const [at, field] of fields.entries()) {
    const kind = plan.kinds[at];
    if (kind === KIND.skipped) continue;
    if (kind === KIND.name) {
      const name = Buffer.from(field.trim(), 'latin1');
      if (name.length === 0) return 'no user name';
      row[plan.slots[at]] = names.numberOf(name, 0, name.length);
    } else row[plan.slots[at]] = numberIn(kind, field);
  }
  return row.includes(Number.NaN) ? 'not a number' : outOfRange(row);
}

function numberIn(kind: number, field: string): number {
  if (kind === KIND.time) return parseTime(field);
  if (kind === KIND.status) return parseStatus(field);
  if (kind !== KIND.number && isMissing(field)) return 0;
  return kind === KIND.tenths ? parseTenths(field) : parseInteger(field);
}

/** A rating has limits of its own, a status may be any number. */
function outOfRange(row: number[]): number[] | Reason {
  const isTooFar = row.some(
    (number, slot) =>
      Math.abs(number) > MAX_INTEGER ||
      (number < 0 && slot !== SLOT.status && slot !== SLOT.rating),
  );
  return isTooFar ? 'number out of range' : row;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    UTF8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
