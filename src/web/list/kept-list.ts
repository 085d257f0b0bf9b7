/** Keeps the last list in this browser, to show it when the server does not answer. */

import { forStorage, isStoredAnime } from '../picks/stored-anime.ts';
import { inBrowser, readStoredJson, store } from '../ui/storage.ts';
import type { Recommended } from './recommended.ts';

const KEY = 'osusume.list';

export function keepList(items: readonly Recommended[], storage = inBrowser): void {
  const kept = items.map(({ anime, score, prior, because, order, insteadOf }) => ({
    anime: { ...forStorage(anime), synopsis: anime.synopsis },
    ...{ score, prior, because, order, insteadOf },
  }));
  store(KEY, JSON.stringify(kept), storage);
}

/** null when none was kept, or it cannot be read. */
export function keptList(storage = inBrowser): Recommended[] | null {
  const kept = readStoredJson(KEY, storage);
  return Array.isArray(kept) && kept.length > 0 && kept.every(isStored) ? kept : null;
}

function isStored(value: unknown): value is Recommended {
  const { anime, score, prior, because, order, insteadOf } = fieldsOf(value);
  return (
    isStoredAnime(anime) &&
    typeof score === 'number' &&
    typeof prior === 'number' &&
    Array.isArray(because) &&
    because.every(isReason) &&
    (order === null || Array.isArray(fieldsOf(order).shown)) &&
    // earlier releases wrote null
    (insteadOf === undefined || insteadOf === null || isNamed(insteadOf))
  );
}

/** Earlier releases kept other shares. */
function isReason(value: unknown): boolean {
  return isNamed(value) && typeof fieldsOf(value).shareOfScore === 'number';
}

function isNamed(value: unknown): boolean {
  const { animeId, title } = fieldsOf(value);
  return typeof animeId === 'number' && typeof title === 'string';
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
