/**
 * New stories: how good a model is apart from completing what the person has begun.
 *
 *   known     all titles on the person's list but the held-out ones, as in the main columns
 *   targets   liked held-out titles of franchises of which the person knows no title
 *   ranking   all titles but those of franchises of which the person knows one
 *
 * A franchise is known when one of its titles has been seen; a planned title is no story begun. A title without a
 * franchise is a story of its own.
 */
import type { HeldOutUser } from '../../data/held-out-users.ts';
import type { FranchiseUnits } from '../franchise-units.ts';

/** For each person. */
export interface StoryCase {
  /** units of which the person knows a title */
  readonly known: ReadonlySet<number>;
  readonly targets: ReadonlySet<number>;
}

export function newStories(people: readonly HeldOutUser[], stories: FranchiseUnits): StoryCase[] {
  return people.map(({ known: profile, liked }) => {
    const known = stories.known(profile);
    return { known, targets: stories.newItems(liked, known) };
  });
}
