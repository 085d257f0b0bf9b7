/** Keeps the visitor's picks and rules in this browser, as the fragment of an address. */

import { inBrowser, readStored, store } from '../ui/storage.ts';
import { isCustomised, readAddress, writeFragment } from './address.ts';
import type { Visit } from './visit.ts';

const KEY = 'osusume.visit';
const SINCE = 'osusume.since';

/** The kept visit; null when there is none. */
export function keptVisit(storage = inBrowser): Visit | null {
  const visit = readAddress(readStored(KEY, storage) ?? '');
  return isCustomised(visit) ? { ...visit, open: null, user: null } : null;
}

/** Does not keep a view of another user's list. */
export function keepVisit(visit: Visit, storage = inBrowser): void {
  if (visit.user === null) store(KEY, writeFragment({ ...visit, open: null }), storage);
}

/** When this browser began to remember, in milliseconds since 1970; null when it remembers nothing. */
export function rememberedSince(storage = inBrowser): string | null {
  return readStored(SINCE, storage);
}

/** @returns what rememberedSince() is from now on; null when nothing can be kept */
export function beginRemembering(storage = inBrowser): string | null {
  if (rememberedSince(storage) === null) store(SINCE, String(Date.now()), storage);
  return rememberedSince(storage);
}
