/**
 * Few known: a visitor who names a handful of titles, not everything they have seen.
 *
 *   known     `count` titles, drawn by seed from all that the person has seen, with ratings and states; those of 5 are
 *             among those of 20, and those of 20 among those of 50
 *   targets   every other title that the person has seen and likes (data/held-out-users.ts)
 *   ranking   all titles but the known ones
 *
 * Who has seen no more than `count` titles, or likes no other, has no part in it. The group "5 known titles" of the
 * breakdown differs: there only the held-out fifth are targets, and the rest of the list is not ranked.
 */
import type { HeldOutUser } from '../../data/held-out-users.ts';
import { sampledProfile } from '../../data/split.ts';
import type { TaskCase } from './task.ts';

export function fewKnown(people: readonly HeldOutUser[], count: number, seed: number): TaskCase[] {
  return people.map(({ userId, whole, allLiked }) => {
    // another seed than the one that drew which titles are held out
    const known = sampledProfile(whole, count, seed + 1, userId);
    const targets = new Set(allLiked);
    for (const item of known.items) targets.delete(item);
    return { known, targets };
  });
}
