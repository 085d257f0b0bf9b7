/** What a person brings from outside (a form, a file, a request) → a profile. */
import { bitCount } from '../data/bit-count.ts';
import type { IdMap } from '../data/id-map.ts';
import { type Profile, STATUS, type StatusCode, type StatusName } from '../data/interactions.ts';

/** One title of a person's list, its shape already checked. */
export interface RatingEntry {
  readonly animeId: number;
  /** 1–10; absent, null or 0 = not scored */
  readonly rating?: number | null;
  /** default: completed */
  readonly status?: StatusName;
}

export interface ReadProfile {
  readonly profile: Profile;
  /** ids that are not in the catalogue, each once, in the order they came */
  readonly ignored: readonly number[];
}

/** A list has no title twice, and no catalogue has as many titles. */
export const MAX_RATINGS = 40_000;

/**
 * A title's last entry wins, as a later line of a list corrects an earlier one. An entry's place in the profile is how
 * many of the list's items are below its own: a set of bits counts them, which is faster than sorting.
 * @param isWhole whether the list has everything that the person has seen; absent = not known
 * @throws RangeError on more than MAX_RATINGS entries or a rating outside 0–10
 */
export function profileFrom(
  entries: readonly RatingEntry[],
  items: IdMap,
  isWhole?: boolean,
): ReadProfile {
  const { length } = entries;
  if (length > MAX_RATINGS)
    throw new RangeError(`A list may have ${MAX_RATINGS} entries, this one has ${length}`);
  const found = new Int32Array(length);
  /** bit `item % 32` of word ⌊item / 32⌋: the item is listed */
  const listed = new Uint32Array((items.size >>> 5) + 1);
  const ignored = new Set<number>();
  for (let at = 0; at < length; at++) {
    const { animeId } = entries[at];
    const item = items.indexOf(animeId);
    found[at] = item;
    if (item >= 0) listed[item >>> 5] |= 1 << item;
    else ignored.add(animeId);
  }
  const { below, size } = countBelow(listed);
  const profile = {
    items: new Uint32Array(size),
    ratings: new Uint8Array(size),
    statuses: new Uint8Array(size),
    ...(isWhole === undefined ? {} : { isWhole }),
  };
  for (let at = 0; at < length; at++) {
    const rating = checkedRating(entries[at]);
    const item = found[at];
    if (item < 0) continue;
    const word = item >>> 5;
    const place = below[word] + bitCount(listed[word] & ((1 << item) - 1));
    profile.items[place] = item;
    profile.ratings[place] = rating;
    profile.statuses[place] = STATUS[entries[at].status ?? 'completed'];
  }
  return { profile, ignored: [...ignored] };
}

function checkedRating({ animeId, rating }: RatingEntry): number {
  if (rating && !(rating >= 1 && rating <= 10))
    throw new RangeError(`The rating of ${animeId} is ${rating}, expected 1–10`);
  return rating ?? 0;
}

/** below[word]: how many bits are set before that word; size: how many in all. */
function countBelow(listed: Uint32Array): { below: Uint32Array; size: number } {
  const below = new Uint32Array(listed.length);
  let size = 0;
  for (let word = 0; word < listed.length; word++) {
    below[word] = size;
    if (listed[word] !== 0) size += bitCount(listed[word]);
  }
  return { below, size };
}

const NAMES = new Map<number, StatusName>(
  Object.entries(STATUS).map(([name, code]) => [code as StatusCode, name as StatusName]),
);

/** The name of a status code; an unknown code reads as completed. */
export function statusName(code: number): StatusName {
  return NAMES.get(code) ?? 'completed';
}
