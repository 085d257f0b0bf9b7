/** A small dataset with franchises, and what its rows say of a person, for oracles. */
import type { Dataset } from '../../src/data/dataset.ts';
import { type Profile, STATUS } from '../../src/data/interactions.ts';
import type { Scorer } from '../../src/metric/ranking.ts';
import { smallDataset } from './small-dataset.ts';

const IN_STORIES = 100;

/** The first hundred titles are stories of three titles each, in the order of the catalogue; the others stand alone. */
export function storyOf(item: number): number {
  return item < IN_STORIES ? Math.floor(item / 3) : item;
}

export function storyDataset(): Dataset {
  const small = smallDataset({ people: 300, titles: 150, unlisted: 2 });
  const catalogue = small.catalogue.map((title, item) => {
    if (item >= IN_STORIES) return title;
    const first = small.catalogue[3 * storyOf(item)].animeId;
    return {
      ...title,
      franchise: {
        ...{ franchiseId: first, name: `Story ${first}`, prerequisite: null },
        ...{ position: 1 + (item % 3), size: 3 },
      },
    };
  });
  return { ...small, catalogue };
}

/** What a person has seen, and what of that they like, from the rows. */
export function seenAndLiked({ users, interactions }: Dataset, userId: number) {
  const { indptr, indices, ratings, statuses } = interactions;
  const user = users.ids.indexOf(userId);
  const rows = Array.from({ length: indptr[user + 1] - indptr[user] }, (_, i) => {
    const p = indptr[user] + i;
    return { item: indices[p], rating: ratings[p], status: statuses[p] };
  });
  const scored = rows.filter(({ rating }) => rating > 0);
  const mean = scored.reduce((sum, { rating }) => sum + rating, 0) / scored.length;
  const seen = rows.filter(({ status }) => status !== STATUS.plan_to_watch);
  const liked = seen.filter(({ rating }) => rating >= 7 && rating >= mean);
  return { seen: seen.map(({ item }) => item), liked: liked.map(({ item }) => item) };
}

/** Scores that depend on all of the profile, and have ties. */
export function oddScorer(items: number): Scorer {
  return {
    name: 'odd',
    score(profile: Profile) {
      const sum = profile.items.reduce((all, item, p) => all + item * (1 + profile.ratings[p]), 1);
      return Float32Array.from({ length: items }, (_, item) => (item * item * sum) % 23);
    },
  };
}
