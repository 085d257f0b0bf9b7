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

/** The same for all titles of a list, in columns: what a request with hundreds of titles is read into. */
export interface OutsideList {
  readonly animeIds: ArrayLike<number>;
  /** 1–10; 0 = not scored */
  readonly ratings: Uint8Array;
  /** codes of `STATUS` */
  readonly statuses: Uint8Array;
}

export interface ReadProfile {
  readonly profile: Profile;
  /** ids that are not in the catalogue, each once, in the order they came */
  readonly ignored: readonly number[];
}

/** A list has no title twice, and there are fewer titles. */
export const MAX_RATINGS = 65_536;

/**
 * A title's last entry wins, as a later line of a list corrects an earlier one.
 * @param isWhole everything the person has seen, or only some of it; left out: not known
 * @throws RangeError on more than MAX_RATINGS entries or a rating outside 0–10
 */
export function profileFrom(
  ratings: readonly RatingEntry[],
  items: IdMap,
  isWhole?: boolean,
): ReadProfile {
  return profileFromList(listOf(ratings), items, isWhole);
}

/** @throws RangeError on more than MAX_RATINGS entries or a rating outside 0–10 */
export function listOf(entries: readonly RatingEntry[]): OutsideList {
  const { length } = entries;
  if (length > MAX_RATINGS)
    throw new RangeError(`A list may have ${MAX_RATINGS} entries, this one has ${length}`);
  const animeIds = new Float64Array(length);
  const ratings = new Uint8Array(length);
  const statuses = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    const { animeId, rating, status = 'completed' } = entries[at];
    if (rating && !(rating >= 1 && rating <= 10))
      throw new RangeError(`The rating of ${animeId} is ${rating}, expected 1–10`);
    animeIds[at] = animeId;
    ratings[at] = rating ?? 0;
    statuses[at] = STATUS[status];
  }
  return { animeIds, ratings, statuses };
}

/** As `profileFrom`: an entry's place in the profile is how many of the list's items are below its own. */
export function profileFromList(list: OutsideList, items: IdMap, isWhole?: boolean): ReadProfile {
  const { animeIds } = list;
  const { length } = animeIds;
  const { found, listed, below } = spaceFor(length, items.size);
  let ignored: Set<number> | null = null;
  for (let at = 0; at < length; at++) {
    const item = items.indexOf(animeIds[at]);
    found[at] = item;
    if (item >= 0) listed[item >>> 5] |= 1 << item;
    else ignored = (ignored ?? new Set()).add(animeIds[at]);
  }
  const size = countBelow(listed, below);
  // One piece of memory for the three: every piece is one more for the garbage collector.
  const memory = new ArrayBuffer(6 * size);
  const profile = {
    items: new Uint32Array(memory, 0, size),
    ratings: new Uint8Array(memory, 4 * size, size),
    statuses: new Uint8Array(memory, 5 * size, size),
    ...(isWhole === undefined ? {} : { isWhole }),
  };
  for (let at = 0; at < length; at++) {
    const item = found[at];
    if (item < 0) continue;
    const word = item >>> 5;
    const place = below[word] + bitCount(listed[word] & ((1 << item) - 1));
    profile.items[place] = item;
    profile.ratings[place] = list.ratings[at];
    profile.statuses[place] = list.statuses[at];
  }
  return { profile, ignored: ignored ? [...ignored] : [] };
}

/** below[word]: the bits set before it. @returns all that are set */
function countBelow(listed: Uint32Array, below: Uint32Array): number {
  let size = 0;
  for (let word = 0; word < listed.length; word++) {
    below[word] = size;
    if (listed[word] !== 0) size += bitCount(listed[word]);
  }
  return size;
}

/** Where a list is put in order. Nothing waits meanwhile, so one serves every list. */
let space = { found: new Int32Array(), listed: new Uint32Array(), below: new Uint32Array() };

/** @returns of each entry its item; a bit an item, none set; a number for each 32 of them */
function spaceFor(entries: number, items: number): typeof space {
  const words = (items >>> 5) + 1;
  if (space.found.length < entries) space = { ...space, found: new Int32Array(2 * entries) };
  if (space.listed.length === words) space.listed.fill(0);
  else space = { ...space, listed: new Uint32Array(words), below: new Uint32Array(words) };
  return space;
}

const NAMES = new Map<number, StatusName>(
  Object.entries(STATUS).map(([name, code]) => [code as StatusCode, name as StatusName]),
);

/** The name of a status code; codes that are none read as completed. */
export function statusName(code: number): StatusName {
  return NAMES.get(code) ?? 'completed';
}
