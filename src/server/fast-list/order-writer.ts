/** Writes what the second stage made of a title's place, as the schema serialiser does. */
import { RANK_GROUPS } from '../../model/rank/rank-groups.ts';
import type { ShownOrder } from '../../recommend/shown-groups.ts';
import { MAX_NUMBER_BYTES, writeDecimal } from './numbers.ts';

const NONE = Buffer.from(',"order":null');
const ORDER = Buffer.from(',"order":{"value":');
const TERMS = Buffer.from(',"terms":[');
const SHOWN = '],"shown":';
const TERM_ENDS = Buffer.from('},');

const GROUPS = RANK_GROUPS.map((group) => Buffer.from(`{"group":"${group}","value":`));
const LONGEST_GROUP = Math.max(...GROUPS.map(({ length }) => length));

const AROUND_TERMS = ORDER.length + MAX_NUMBER_BYTES + TERMS.length + SHOWN.length + 1;
const TERM = LONGEST_GROUP + MAX_NUMBER_BYTES + TERM_ENDS.length;

/** Bytes that it takes, at most. */
export function orderBytes(order: ShownOrder | null): number {
  if (order === null) return NONE.length;
  const { terms, shown } = order;
  return AROUND_TERMS + (terms.length + shown.length) * TERM + 2;
}

/** @returns where the next byte goes */
export function writeOrder(bytes: Buffer, from: number, order: ShownOrder | null): number {
  if (order === null) return from + NONE.copy(bytes, from);
  const { value, terms, shown } = order;
  let at = from + ORDER.copy(bytes, from);
  at = writeDecimal(bytes, at, value);
  at += TERMS.copy(bytes, at);
  for (let t = 0; t < terms.length; t++) {
    at += GROUPS[RANK_GROUPS.indexOf(terms[t].group)].copy(bytes, at);
    at = writeDecimal(bytes, at, terms[t].value);
    // a comma follows all but the last
    at += TERM_ENDS.copy(bytes, at, 0, t < terms.length - 1 ? 2 : 1);
  }
  return at + bytes.write(`${SHOWN}${JSON.stringify(shown)}}`, at, 'latin1');
}
