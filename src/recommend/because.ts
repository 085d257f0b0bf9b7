/** Why a title is recommended: the titles of the profile that caused it, with their exact share of the score. */
import type { Catalogue } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import type { ItemWeights } from '../model/item-weights.ts';

export interface Because {
  readonly animeId: number;
  readonly title: string;
  /** of what titles of the profile add to the score: all of them add up to 1 (to nothing when they take from it) */
  readonly share: number;
  /** what the title adds to the score: with the prior, those of all titles of the profile add up to it */
  readonly contribution: number;
}

/**
 * Of each item the titles that add most to its score, strongest first; those that add nothing are left out.
 * @param weights of the profile
 * @param limit reasons an item at most
 */
export function becauseOf(
  { catalogue, model }: { readonly catalogue: Catalogue; readonly model: ItemWeights },
  profile: Profile,
  weights: Float32Array,
  items: readonly number[],
  limit: number,
): Because[][] {
  if (limit === 0) return items.map(() => []);
  const reasons: Because[][] = [];
  model.explain(profile, weights, items, limit, ({ items: causes, parts, total }) => {
    const because: Because[] = [];
    for (let n = 0; n < causes.length; n++) {
      const { animeId, title } = catalogue[causes[n]];
      const contribution = parts[n];
      because.push({ animeId, title, share: total > 0 ? contribution / total : 0, contribution });
    }
    reasons.push(because);
  });
  return reasons;
}
