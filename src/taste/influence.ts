/**
 * The titles of a profile that shape its recommendations most. The score of a recommendation j is a sum over the
 * profile (item-weights.ts), so a title's influence on a list is known exactly:
 *
 *   influence_i = Σ_{j in the list} |x_i · B_ij|
 *
 * It takes the absolute value because a title that lowers others changes the list as much as one that raises them.
 */
import type { Anime } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import type { Bundle } from '../recommend/bundle.ts';

export interface Influence {
  readonly anime: Anime;
  /** 1–10; null = not scored */
  readonly rating: number | null;
  /** of the total influence, 0–1 */
  readonly share: number;
  /** the recommendation whose score it raises most; null when it raises none */
  readonly brings: Anime | null;
}

/** How many recommendations are considered: as far as most people read. */
const DEPTH = 50;

export type InfluenceBundle = Pick<Bundle, 'catalogue' | 'items' | 'models' | 'ranker'>;

/** @returns the most influential titles first; titles without influence are left out */
export function influenceOf(bundle: InfluenceBundle, profile: Profile, limit: number): Influence[] {
  const { catalogue, items, models, ranker } = bundle;
  const model = models.hybrid.forList(profile);
  const weights = ranker.weigh(profile);
  const influence = new Float64Array(profile.items.length);
  const strongest = new Float64Array(profile.items.length);
  const brings = new Int32Array(profile.items.length).fill(-1);
  for (const { anime } of ranker.recommend(profile, { limit: DEPTH, because: 0, counts: false })) {
    const item = items.indexOf(anime.animeId);
    const parts = model.contributions(profile, item, weights);
    for (let p = 0; p < parts.length; p++) {
      influence[p] += Math.abs(parts[p]);
      if (parts[p] <= strongest[p]) continue;
      strongest[p] = parts[p];
      brings[p] = item;
    }
  }
  const total = influence.reduce((sum, value) => sum + value, 0);
  return Array.from(influence.keys())
    .filter((p) => influence[p] > 0)
    .sort((a, b) => influence[b] - influence[a] || a - b)
    .slice(0, limit)
    .map((p) => ({
      anime: catalogue[profile.items[p]],
      rating: profile.ratings[p] || null,
      share: influence[p] / total,
      brings: brings[p] < 0 ? null : catalogue[brings[p]],
    }));
}
