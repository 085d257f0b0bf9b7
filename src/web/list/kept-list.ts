/** The last list that arrived, kept in this browser: what there is to show when the server is gone. */

import { forStorage, isStoredAnime } from '../picks/stored-anime.ts';
import type { Recommended } from './recommended.ts';

const KEY = 'osusume.list';

export function keepList(
  items: readonly Recommended[],
  storage: () => Storage = () => localStorage,
): void {
  try {
    const stored = items.map(({ anime, because, insteadOf }) => ({
      anime: { ...forStorage(anime), synopsis: anime.synopsis },
      because,
      insteadOf,
    }));
    storage().setItem(KEY, JSON.stringify(stored));
  } catch {
    // Forbidden or full: the list lasts as long as the page.
  }
}

/** null when none was kept, or what was kept cannot be read. */
export function keptList(storage: () => Storage = () => localStorage): Recommended[] | null {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY) ?? 'null');
    return Array.isArray(kept) && kept.length > 0 && kept.every(isStored) ? kept : null;
  } catch {
    return null;
  }
}

function isStored(value: unknown): value is Recommended {
  const { anime, because, insteadOf } = fieldsOf(value);
  return (
    isStoredAnime(anime) &&
    Array.isArray(because) &&
    because.every((reason) => isNamed(reason) && typeof fieldsOf(reason).share === 'number') &&
    // null: as earlier releases wrote it
    (insteadOf === undefined || insteadOf === null || isNamed(insteadOf))
  );
}

function isNamed(value: unknown): boolean {
  const { animeId, title } = fieldsOf(value);
  return typeof animeId === 'number' && typeof title === 'string';
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
