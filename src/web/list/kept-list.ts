/** Keeps the last list in this browser, to show it when the server does not answer. */

import { forStorage, isStoredAnime } from '../picks/stored-anime.ts';
import { inBrowser, readStoredJson, store } from '../ui/storage.ts';
import type { Recommended } from './recommended.ts';

const KEY = 'osusume.list';

export function keepList(items: readonly Recommended[], storage = inBrowser): void {
  const kept = items.map(({ anime, because, insteadOf }) => ({
    anime: { ...forStorage(anime), synopsis: anime.synopsis },
    because,
    insteadOf,
  }));
  store(KEY, JSON.stringify(kept), storage);
}

/** null when none was kept, or it cannot be read. */
export function keptList(storage = inBrowser): Recommended[] | null {
  const kept = readStoredJson(KEY, storage);
  return Array.isArray(kept) && kept.length > 0 && kept.every(isStored) ? kept : null;
}

function isStored(value: unknown): value is Recommended {
  const { anime, because, insteadOf } = fieldsOf(value);
  return (
    isStoredAnime(anime) &&
    Array.isArray(because) &&
    because.every((reason) => isNamed(reason) && typeof fieldsOf(reason).share === 'number') &&
    // earlier releases wrote null
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
