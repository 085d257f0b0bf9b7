/** This browser's storage. It may be forbidden or full: then nothing is found or kept, and the page works without. */

export type StorageSource = () => Storage;

export const inBrowser: StorageSource = () => localStorage;

export function readStored(key: string, storage: StorageSource): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

/** null when nothing is stored, or it is not JSON. */
export function readStoredJson(key: string, storage: StorageSource): unknown {
  try {
    return JSON.parse(readStored(key, storage) ?? 'null');
  } catch {
    return null;
  }
}

export function keysIn(storage: StorageSource): string[] {
  try {
    return Object.keys(storage());
  } catch {
    return [];
  }
}

/** @param value null = remove it */
export function store(key: string, value: string | null, storage: StorageSource): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
  } catch {
    // What was to be kept lasts as long as the page.
  }
}
