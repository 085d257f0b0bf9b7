/**
 * Discovery: somebody names five favourites and hopes for something they would not have thought of.
 *
 *   known     five titles, drawn by seed from those the person likes, with ratings and states
 *   targets   the other titles that the person likes, without the 100 best known and without the franchises of the five
 *   ranking   all titles but the five: a list that begins with what everybody has heard of has no room for the targets
 *
 * The best known are those that most training people list. Who likes fewer than six titles has no part in it.
 */
import type { HeldOutUser } from '../../data/held-out-users.ts';
import { sampledProfile } from '../../data/split.ts';
import { topItems } from '../../model/top.ts';
import type { FranchiseUnits } from '../franchise-units.ts';
import type { TaskCase } from './task.ts';

export const FAVOURITES = 5;
export const BEST_KNOWN = 100;

export interface DiscoveryOptions {
  readonly stories: FranchiseUnits;
  /** of each item, the share of training people who list it */
  readonly listedShare: ArrayLike<number>;
  readonly seed: number;
}

export function discovery(
  people: readonly HeldOutUser[],
  { stories, listedShare, seed }: DiscoveryOptions,
): TaskCase[] {
  const bestKnown = new Set(topItems(listedShare, BEST_KNOWN).items);
  return people.map(({ userId, whole, allLiked }) => {
    // another seed than those that drew what is held out, and the few known titles
    const known = sampledProfile(whole, FAVOURITES, seed + 2, userId, allLiked);
    const targets = stories.newItems(allLiked, stories.known(known));
    for (const item of bestKnown) targets.delete(item);
    return { known, targets: known.items.length < FAVOURITES ? new Set() : targets };
  });
}
