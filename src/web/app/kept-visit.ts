/** Keeps the visitor's picks and rules in this browser, as the query of an address. */

import { inBrowser, readStored, store } from '../ui/storage.ts';
import { isCustomised, readAddress, writeAddress } from './address.ts';
import type { Visit } from './visit.ts';

const KEY = 'osusume.visit';

/** The kept visit; null when there is none. */
export function keptVisit(storage = inBrowser): Visit | null {
  const visit = readAddress(readStored(KEY, storage) ?? '');
  return isCustomised(visit) ? { ...visit, open: null, user: null } : null;
}

/** Does not keep a view of another user's list. */
export function keepVisit(visit: Visit, storage = inBrowser): void {
  if (visit.user === null) store(KEY, writeAddress({ ...visit, open: null }), storage);
}
