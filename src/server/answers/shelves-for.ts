/** Answers a checked request of REST or GraphQL with shelves. */
import type { Shelves, ShelvesBody } from '../../api/shelves.ts';
import type { Profile } from '../../data/interactions.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { profileFrom } from '../../recommend/profile.ts';
import type { Recommendation } from '../../recommend/ranker.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { type Shelf, shelvesOf } from '../../recommend/shelves/shelves.ts';
import { cardOf } from './card.ts';
import { checkedRatings } from './recommend-for.ts';
import { recommendationsAnswer } from './recommendations-answer.ts';

export interface Shelved {
  /** what the request brought */
  readonly profile: Profile;
  readonly shelves: readonly Shelf[];
  /** the recommendations of all shelves */
  readonly list: readonly Recommendation[];
  /** ids that are not in the catalogue */
  readonly ignored: readonly number[];
}

export function shelvesFor(
  bundle: Bundle,
  { ratings, whole, limit, because, rules }: ShelvesBody,
): Shelved {
  const { profile, ignored } = profileFrom(checkedRatings(ratings), bundle.items, whole);
  const shelves = shelvesOf(bundle, profile, { limit, because, rules: rulesFrom(rules) });
  return { profile, shelves, list: shelves.flatMap(({ items }) => items), ignored };
}

export function shelvesAnswer(
  bundle: Pick<Bundle, 'version'>,
  { shelves, ignored }: Pick<Shelved, 'shelves' | 'ignored'>,
): Shelves {
  return {
    shelves: shelves.map(({ id, seed, items }) => ({
      id,
      ...(seed && { seed: cardOf(seed) }),
      items: recommendationsAnswer(bundle, items, []).items,
    })),
    ignored: [...ignored],
    bundle: bundle.version,
  };
}
