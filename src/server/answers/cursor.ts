/** Cursors: where the next page of a list begins. A cursor belongs to one bundle and one query; clients send it back unchanged. */
import { createHash } from 'node:crypto';
import { Problem } from '../http/problem.ts';

/** What a cursor belongs to. */
export interface Paged {
  /** of the bundle that answers */
  readonly version: string;
  /** everything that decides the order of the list */
  readonly question: readonly (string | number | boolean)[];
}

const SHAPE = /^(\d{1,9})\.([\w-]{8})\.([\w-]{8})$/;

/** @returns null at the end of the list */
export function cursorAt(place: number, total: number, paged: Paged): string | null {
  if (place >= total) return null;
  const plain = `${place}.${digest(paged.version)}.${digest(JSON.stringify(paged.question))}`;
  return Buffer.from(plain).toString('base64url');
}

/**
 * The place of a page's first entry; 0 without a cursor.
 * @throws Problem 404 when the cursor is unknown or of another query, 410 when its bundle is no longer served
 */
export function placeOf(cursor: string | undefined, paged: Paged): number {
  if (cursor === undefined) return 0;
  const [, place, version, question] =
    SHAPE.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (place === undefined || question !== digest(JSON.stringify(paged.question)))
    throw new Problem(
      404,
      'cursor is not one that this list gave: send "next" back unchanged, with the same other parameters',
      'cursor',
    );
  if (version !== digest(paged.version))
    throw new Problem(
      410,
      'cursor belongs to a bundle that is no longer served, and the order may have changed: start again without it',
      'cursor',
    );
  return Number(place);
}

/** One page of a complete list. */
export function pageOf<T>(
  list: readonly T[],
  limit: number,
  cursor: string | undefined,
  paged: Paged,
): { readonly items: readonly T[]; readonly next: string | null } {
  const from = placeOf(cursor, paged);
  const items = list.slice(from, from + limit);
  return { items, next: cursorAt(from + items.length, list.length, paged) };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}
