/** The baseline that a bundle brings: its training data, counted as traffic is. */
import type { Dataset } from '../data/dataset.ts';
import { type Profile, profileOf } from '../data/interactions.ts';
import { itemWeights, popularityBounds, TitleBins } from './title-bins.ts';
import type { TrafficBaseline } from './traffic.ts';
import { TrafficCounts } from './traffic-counts.ts';

/**
 * Lists that the model is asked for. With 2,000 chance makes at most 0.02 of the PSI of 40 genres, and they take about a
 * second.
 */
const RECOMMENDED_LISTS = 2000;

/** @param recommend the items of the list that the bundle would answer a profile with */
export function trainingTraffic(
  { catalogue, interactions }: Pick<Dataset, 'catalogue' | 'interactions'>,
  recommend: (profile: Profile) => ArrayLike<number>,
): TrafficBaseline {
  const weights = itemWeights(interactions);
  const bounds = popularityBounds(weights);
  const counts = new TrafficCounts(new TitleBins(catalogue, bounds));
  counts.addAllAsked(weights, interactions);
  const { users } = interactions;
  const some = Math.min(users, RECOMMENDED_LISTS);
  // evenly from the whole data set, so that the same data gives the same baseline
  for (let n = 0; n < some; n++)
    counts.addRecommended(recommend(profileOf(interactions, Math.floor((n * users) / some))));
  return { format: 1, popularityBounds: bounds, ...counts.state() };
}
