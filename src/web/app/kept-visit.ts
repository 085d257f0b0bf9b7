/** One's own picks and rules, kept in this browser as the address that would restore them. */
import { readAddress, saysSomething, writeAddress } from './address.ts';
import type { Visit } from './visit.ts';

const KEY = 'osusume.visit';

/** The kept visit, or null. Storage may be forbidden; the page works without. */
export function keptVisit(storage: () => Storage = () => localStorage): Visit | null {
  try {
    const visit = readAddress(storage().getItem(KEY) ?? '');
    return saysSomething(visit) ? { ...visit, open: null, user: null } : null;
  } catch {
    return null;
  }
}

/** Another person's list is looked at, not kept. */
export function keepVisit(visit: Visit, storage: () => Storage = () => localStorage): void {
  if (visit.user !== null) return;
  try {
    storage().setItem(KEY, writeAddress({ ...visit, open: null }));
  } catch {
    // Forbidden or full: the address bar still has everything.
  }
}
