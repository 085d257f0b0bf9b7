/**
 * Which users are held out, and which part of their lists is hidden when a model is evaluated on them.
 *
 * Every draw is seeded by (seed, userId), so neither who is drawn nor how a list is split depends on the other users.
 */
import { type Profile, seenEntries } from './interactions.ts';
import { type Random, random, shuffle } from './random.ts';

/** The share of a held-out user's seen titles that is hidden from the model. */
export const HELD_OUT_SHARE = 0.2;

/** Random numbers of one user. */
export function userRandom(seed: number, userId: number): Random {
  // Two rounds of a 32-bit finaliser (MurmurHash3), so that neighbouring ids and seeds start far apart.
  return random(finalise(finalise(seed) ^ Math.imul(userId, 0x9e3779b1)));
}

/**
 * Splits the titles that a user has seen: a `share` is held out, the rest is known, at least one title each. Planned
 * titles are not seen; they stay known, as interest.
 * @throws RangeError when fewer than two titles have been seen
 */
export function splitProfile(
  profile: Profile,
  share: number,
  uniform: Random,
): { known: Profile; heldOut: Profile } {
  if (!(share > 0 && share < 1))
    throw new RangeError(`splitProfile: share is ${share}, expected 0–1`);
  const seen = seenEntries(profile);
  if (seen.length < 2) {
    throw new RangeError(
      `splitProfile: ${seen.length} seen titles cannot be split, expected at least 2`,
    );
  }
  const count = Math.min(seen.length - 1, Math.max(1, Math.round(share * seen.length)));
  const hidden = new Uint8Array(profile.items.length);
  for (let drawn = 0; drawn < count; drawn++) {
    const other = drawn + Math.floor(uniform() * (seen.length - drawn));
    const position = seen[other];
    seen[other] = seen[drawn];
    hidden[position] = 1;
  }
  return {
    known: select(profile, (p) => hidden[p] === 0),
    heldOut: select(profile, (p) => hidden[p] === 1),
  };
}

/**
 * `count` of the titles that a profile has seen, drawn by seed and user; planned ones are left out.
 * @param among draw only from these items; default: from all
 */
export function sampledProfile(
  profile: Profile,
  count: number,
  seed: number,
  userId: number,
  among?: ReadonlySet<number>,
): Profile {
  const seen = seenEntries(profile);
  const entries = among ? seen.filter((p) => among.has(profile.items[p])) : seen;
  const drawn = new Set(shuffle(entries, userRandom(seed, userId)).slice(0, count));
  return select(profile, (p) => drawn.has(p));
}

export interface HeldOutOptions {
  readonly validationUsers: number;
  readonly testUsers: number;
  /** held-out users have seen at least this many titles */
  readonly minHeldOutRatings: number;
  readonly seed: number;
}

export interface Parts {
  /** userIds, each ascending */
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/**
 * Draws the users for validation and for test among those who have seen enough titles; each group is at most a tenth of
 * all users. When too few have seen enough, both groups shrink alike.
 * @param seen how many titles each of `userIds` has seen
 */
export function drawHeldOut(
  userIds: Int32Array,
  seen: Uint32Array,
  options: HeldOutOptions,
): Parts {
  const { validationUsers, testUsers, minHeldOutRatings, seed } = options;
  const tenth = Math.floor(userIds.length / 10);
  const keys = new Map<number, number>();
  for (let i = 0; i < userIds.length; i++) {
    // ~seed: with the seed of the split, everyone drawn would have a split that begins with a small number
    if (seen[i] >= Math.max(2, minHeldOutRatings))
      keys.set(userIds[i], userRandom(~seed, userIds[i])());
  }
  const wanted = [Math.min(validationUsers, tenth), Math.min(testUsers, tenth)];
  const share = Math.min(1, keys.size / Math.max(1, wanted[0] + wanted[1]));
  const [validationCount, testCount] = wanted.map((count) => Math.floor(count * share));
  const drawn = [...keys].sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([userId]) => userId);
  const validation = Int32Array.from(drawn.slice(0, validationCount)).sort();
  const test = Int32Array.from(drawn.slice(validationCount, validationCount + testCount)).sort();
  const heldOut = new Set([...validation, ...test]);
  return { train: userIds.filter((userId) => !heldOut.has(userId)).sort(), validation, test };
}

function select(profile: Profile, keep: (position: number) => boolean): Profile {
  const kept = (_: number, position: number) => keep(position);
  return {
    items: profile.items.filter(kept),
    ratings: profile.ratings.filter(kept),
    statuses: profile.statuses.filter(kept),
  };
}

function finalise(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
