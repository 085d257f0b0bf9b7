/** The operators' key, kept in this tab until it is closed. */
import { inTab, readStored, store } from '../ui/storage.ts';

const KEY = 'osusume.adminKey';

export function keptKey(): string | null {
  return readStored(KEY, inTab);
}

/** @param key null = remove it */
export function keepKey(key: string | null): void {
  store(KEY, key, inTab);
}
