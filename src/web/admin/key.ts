/** The operators' key, kept in this tab and forgotten with it. */

const KEY = 'osusume.adminKey';

export function keptKey(storage: () => Storage = () => sessionStorage): string | null {
  try {
    return storage().getItem(KEY);
  } catch {
    return null;
  }
}

/** @param key null = forget it */
export function keepKey(key: string | null, storage: () => Storage = () => sessionStorage): void {
  try {
    if (key === null) storage().removeItem(KEY);
    else storage().setItem(KEY, key);
  } catch {
    // Forbidden: it lasts as long as the page.
  }
}
