/**
 * The users a model is evaluated on, and what it should find: of what each has seen 80 % is known to the model and
 * 20 % is held out (a fixed split by seed).
 *
 *   liked     held-out titles rated at least 7 and at least the person's own mean
 *   seen      all held-out titles
 *   disliked  held-out titles that were dropped, or rated at least 1.5 below the person's own mean
 */
import type { Dataset, UserRange } from './dataset.ts';
import { type Profile, profileOf, STATUS, seenEntries, seenIn } from './interactions.ts';
import { isLiked, meanRating } from './liked.ts';
import { HELD_OUT_SHARE, splitProfile, userRandom } from './split.ts';

export interface HeldOutUser {
  readonly userId: number;
  /** everything on the person's list, known and held out */
  readonly whole: Profile;
  readonly known: Profile;
  readonly liked: ReadonlySet<number>;
  readonly seen: ReadonlySet<number>;
  readonly disliked: ReadonlySet<number>;
  /** as `liked`, of all titles the person has seen, the known ones too */
  readonly allLiked: ReadonlySet<number>;
}

const DISLIKED_BELOW_MEAN = 1.5;

/** Leaves out users who have seen fewer than two titles (e.g. of a dataset that was cut): their lists cannot be split. */
export function heldOutUsers(dataset: Dataset, users: UserRange, seed: number): HeldOutUser[] {
  const people: HeldOutUser[] = [];
  for (let user = users.from; user < users.to; user++) {
    const userId = dataset.users.ids[user];
    const profile = profileOf(dataset.interactions, user);
    if (seenIn(profile) < 2) continue;
    const { known, heldOut } = splitProfile(profile, HELD_OUT_SHARE, userRandom(seed, userId));
    const mean = meanRating(profile);
    const allLiked = new Set([...likedOf(known, mean), ...likedOf(heldOut, mean)]);
    people.push({ userId, whole: profile, known, ...targetsOf(heldOut, mean), allLiked });
  }
  return people;
}

function targetsOf(heldOut: Profile, mean: number) {
  const { items, ratings, statuses } = heldOut;
  const disliked = new Set<number>();
  for (let p = 0; p < items.length; p++) {
    const rating = ratings[p];
    if (statuses[p] === STATUS.dropped || (rating > 0 && rating <= mean - DISLIKED_BELOW_MEAN))
      disliked.add(items[p]);
  }
  return { liked: likedOf(heldOut, mean), disliked, seen: new Set(items) };
}

/** @param mean of the person's ratings */
function likedOf(profile: Profile, mean: number): Set<number> {
  const { items, ratings } = profile;
  return new Set(
    seenEntries(profile)
      .filter((p) => isLiked(ratings[p], mean))
      .map((p) => items[p]),
  );
}
