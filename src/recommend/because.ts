/** Why a title is recommended: the titles of the profile that caused it, with their exact share of the score. */
import type { Catalogue } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import type { ItemWeights } from '../model/item-weights.ts';
import { topItems } from '../model/top.ts';

export interface Because {
  readonly animeId: number;
  readonly title: string;
  /** of the score: those of all titles of the profile add up to 1 (to nothing when the score is 0) */
  readonly share: number;
  /** what the title adds to the score: those of all titles of the profile add up to it */
  readonly contribution: number;
}

/**
 * The titles that add most, strongest first; those that add nothing are left out.
 * @param weights of the profile
 */
export function explain(
  { catalogue, model }: { readonly catalogue: Catalogue; readonly model: ItemWeights },
  profile: Profile,
  weights: Float32Array,
  item: number,
  limit: number,
): Because[] {
  if (limit === 0) return [];
  const parts = model.contributions(profile, item, weights);
  let total = 0;
  for (let p = 0; p < parts.length; p++) {
    total += parts[p];
    if (parts[p] === 0) parts[p] = Number.NEGATIVE_INFINITY;
  }
  const { items: positions, scores } = topItems(parts, limit);
  const because: Because[] = [];
  for (let at = 0; at < positions.length; at++) {
    const { animeId, title } = catalogue[profile.items[positions[at]]];
    because.push({
      animeId,
      title,
      share: total === 0 ? 0 : scores[at] / total,
      contribution: scores[at],
    });
  }
  return because;
}
