/**
 * The list of a request, read straight from its bytes where it has the usual shape (kernel/list.ts) and comes first.
 * Whatever else a body has, wrong or only unusual, is left to JSON.parse and the schema, which know what to say about it.
 */

import { MAX_RATINGS, type OutsideList } from '../../recommend/profile.ts';
import { BODY_LIMIT } from '../http/fastify.ts';
import { ListReader } from './list-reader.ts';

export interface ListBody {
  readonly list: OutsideList;
  /** the body without its ratings, not checked; the reader's own to change */
  readonly rest: Record<string, unknown>;
}

let reader: ListReader | null = null;

/** @returns null when the body is not of the usual shape */
export function readListBody(body: Buffer): ListBody | null {
  reader ??= new ListReader({ bytes: BODY_LIMIT, entries: MAX_RATINGS });
  const list = reader.read(body);
  const rest = list && parseRest(body.toString('utf8', list.end));
  // A second "ratings" would win over the first.
  return rest && !Object.hasOwn(rest, 'ratings') ? { list, rest } : null;
}

/** Up to the next name, or to the end of the object. */
const TO_THE_NEXT = /^[ \t\r\n]*(?:,(?=[ \t\r\n]*")|(?=\}))/;

function parseRest(text: string): Record<string, unknown> | null {
  const json = text.replace(TO_THE_NEXT, '{');
  if (json === text) return null;
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
