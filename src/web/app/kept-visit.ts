/** One's own picks and rules, kept in this browser as the address that would restore them. */

import { inBrowser, readStored, store } from '../ui/storage.ts';
import { readAddress, saysSomething, writeAddress } from './address.ts';
import type { Visit } from './visit.ts';

const KEY = 'osusume.visit';

/** The kept visit; null when there is none. */
export function keptVisit(storage = inBrowser): Visit | null {
  const visit = readAddress(readStored(KEY, storage) ?? '');
  return saysSomething(visit) ? { ...visit, open: null, user: null } : null;
}

/** Another user's list is looked at, not kept. */
export function keepVisit(visit: Visit, storage = inBrowser): void {
  if (visit.user === null) store(KEY, writeAddress({ ...visit, open: null }), storage);
}
