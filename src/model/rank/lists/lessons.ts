/** Lists of known titles with what the person liked of the others: what the second stage learns from. */
import {
  type Interactions,
  type Profile,
  profileOf,
  STATUS,
  seenIn,
} from '../../../data/interactions.ts';
import { isLiked, meanRating } from '../../../data/liked.ts';
import type { Random } from '../../../data/random.ts';
import { HELD_OUT_SHARE, sampledProfile, splitProfile, userRandom } from '../../../data/split.ts';

/** One list to learn from, before its candidates are known. */
export interface Lesson {
  readonly known: Profile;
  readonly liked: ReadonlySet<number>;
  /** also never candidates: nobody knows whether the person would like what they plan to watch */
  readonly hidden: Profile;
}

/** People who have seen fewer titles teach nothing. */
const FEWEST_SEEN = 10;
/** Titles of a part, from … to; drawn evenly by their logarithm. */
const PART = { from: 5, to: 50 };

/** As the leaderboard asks: a fifth is held out of a whole list. null = nothing to learn from. */
export function wholeLesson(
  interactions: Interactions,
  user: number,
  { userId, seed }: { readonly userId: number; readonly seed: number },
): Lesson | null {
  const profile = profileOf(interactions, user);
  if (seenIn(profile) < FEWEST_SEEN) return null;
  const { known } = splitProfile(profile, HELD_OUT_SHARE, userRandom(seed, userId));
  return lessonOf(profile, { ...known, isWhole: true });
}

/** A part of 5 to 50 titles is known, the rest is held out. */
export function partLesson(
  interactions: Interactions,
  user: number,
  { userId, seed }: { readonly userId: number; readonly seed: number },
): Lesson | null {
  const profile = profileOf(interactions, user);
  const seen = seenIn(profile);
  if (seen < FEWEST_SEEN) return null;
  const size = partSize(Math.min(PART.to, Math.floor(seen / 2)), userRandom(seed + 1, userId));
  return lessonOf(profile, { ...sampledProfile(profile, size, seed, userId), isWhole: false });
}

function partSize(most: number, uniform: Random): number {
  return Math.floor(PART.from * ((most + 1) / PART.from) ** uniform());
}

function lessonOf(profile: Profile, known: Profile): Lesson | null {
  const own = new Set(known.items);
  const mean = meanRating(profile);
  const liked = new Set<number>();
  for (let p = 0; p < profile.items.length; p++) {
    const rating = profile.ratings[p];
    if (profile.statuses[p] === STATUS.plan_to_watch || own.has(profile.items[p])) continue;
    if (isLiked(rating, mean)) liked.add(profile.items[p]);
  }
  if (liked.size === 0) return null;
  const planned = profile.items.filter((_, p) => profile.statuses[p] === STATUS.plan_to_watch);
  const statuses = new Uint8Array(planned.length).fill(STATUS.plan_to_watch);
  const hidden = { items: planned, statuses, ratings: new Uint8Array(planned.length) };
  return { known, liked, hidden };
}
