/** What a person brings from outside (a form, a file, a request) → a profile. */
import type { IdMap } from '../data/id-map.ts';
import { type Profile, STATUS, type StatusCode, type StatusName } from '../data/interactions.ts';

/** One title of a person's list, its shape already checked. */
export interface OutsideRating {
  readonly animeId: number;
  /** 1–10; absent, null or 0 = not scored */
  readonly rating?: number | null;
  /** default: completed */
  readonly status?: StatusName;
}

export interface OutsideProfile {
  readonly profile: Profile;
  /** ids that are not in the catalogue, each once, in the order they came */
  readonly ignored: readonly number[];
}

/** More entries than this do not fit the sort key below; a list has no title twice, and there are fewer titles. */
export const MAX_RATINGS = 65_536;

/**
 * A title's last entry wins, as a later line of a list corrects an earlier one.
 * @throws RangeError on more than MAX_RATINGS entries or a rating outside 0–10
 */
export function profileFrom(ratings: readonly OutsideRating[], items: IdMap): OutsideProfile {
  if (ratings.length > MAX_RATINGS)
    throw new RangeError(`A list may have ${MAX_RATINGS} entries, this one has ${ratings.length}`);
  // Key = item · 65,536 + position: sorted, a title's entries stand together, its last one last.
  const keys = new Float64Array(ratings.length);
  const ignored = new Set<number>();
  let known = 0;
  for (let at = 0; at < ratings.length; at++) {
    const item = items.indexOf(ratings[at].animeId);
    if (item < 0) ignored.add(ratings[at].animeId);
    else keys[known++] = item * MAX_RATINGS + at;
  }
  return {
    profile: profileFromKeys(keys.subarray(0, known).sort(), ratings),
    ignored: [...ignored],
  };
}

function profileFromKeys(keys: Float64Array, ratings: readonly OutsideRating[]): Profile {
  const items = new Uint32Array(keys.length);
  const scores = new Uint8Array(keys.length);
  const statuses = new Uint8Array(keys.length);
  let size = 0;
  for (let n = 0; n < keys.length; n++) {
    const item = Math.floor(keys[n] / MAX_RATINGS);
    const { animeId, rating, status = 'completed' } = ratings[keys[n] - item * MAX_RATINGS];
    if (size > 0 && items[size - 1] === item) size--;
    if (rating && !(rating >= 1 && rating <= 10))
      throw new RangeError(`The rating of ${animeId} is ${rating}, expected 1–10`);
    items[size] = item;
    scores[size] = rating ?? 0;
    statuses[size++] = STATUS[status];
  }
  return {
    items: items.subarray(0, size),
    ratings: scores.subarray(0, size),
    statuses: statuses.subarray(0, size),
  };
}

const NAMES = new Map<number, StatusName>(
  Object.entries(STATUS).map(([name, code]) => [code as StatusCode, name as StatusName]),
);

/** The name of a status code; codes that are none read as completed. */
export function statusName(code: number): StatusName {
  return NAMES.get(code) ?? 'completed';
}
