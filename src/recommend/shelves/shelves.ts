/** A profile, a bundle and rules → shelves: recommendations by what they are for. */
import type { Anime, Catalogue } from '../../data/anime.ts';
import type { Profile } from '../../data/interactions.ts';
import { DEFAULT_RECOMMENDATIONS } from '../defaults.ts';
import type { Ranker, Recommendation, RecommendOptions } from '../ranker.ts';
import { DEFAULT_RULES } from '../rules.ts';
import { type FilledShelf, fillShelves, SPARE } from './fill-shelves.ts';
import type { ShelfId } from './shelf.ts';
import { type ShelfBundle, shelfSources } from './shelf-sources.ts';

export interface Shelf {
  readonly id: ShelfId;
  /** the loved title that the others are like; null = the shelf is not about one */
  readonly seed: Anime | null;
  readonly items: readonly Recommendation[];
}

export interface ShelvedBundle extends ShelfBundle {
  readonly catalogue: Catalogue;
  readonly ranker: Pick<Ranker, 'divide'>;
}

/**
 * No title is on two shelves, and the rules hold on each. Shelves with too few titles are left out.
 * @param options `limit` is that of the first shelf, "for you"
 */
export function shelvesOf(
  bundle: ShelvedBundle,
  profile: Profile,
  options: RecommendOptions = {},
): Shelf[] {
  const { limit = DEFAULT_RECOMMENDATIONS, rules = DEFAULT_RULES } = options;
  let filled: readonly FilledShelf[] = [];
  // Titles are varied within "for you"; the other shelves are about one thing each.
  const all = {
    ...options,
    limit: limit + SPARE,
    rules: rules.variety === 0 ? rules : { ...rules, variety: 0 },
  };
  const lists = bundle.ranker.divide(profile, all, (found, ranking) => {
    filled = fillShelves(found, shelfSources(bundle, ranking, { found, rules, limit }));
    return filled.map(({ titles }) => titles);
  });
  return filled.map(({ id, seed }, n) => ({
    id,
    seed: seed === null ? null : bundle.catalogue[seed],
    items: lists[n],
  }));
}
