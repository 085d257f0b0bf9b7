/**
 * The most surprising scores of a list: those furthest from the score predicted from the rest of the list.
 *
 *   d_i  = r_i − m_i                     own score − mean score of all users (when unknown: the mean over all titles)
 *   b_−j = Σ_{i≠j} d_i / (n − 1 + 5)     how much higher the person scores than all users, without title j
 *   r̂_j = m_j + b_−j + Σ_{i≠j} s_ij (d_i − b_−j) / (λ + Σ_{i≠j} s_ij),      s_ij = max(0, B_ij)
 *
 * A baseline plus the deviations of neighbours from it, as in Bell & Koren (ICDM 2007) and Koren (KDD 2008, eq. 3), with
 * the item weights B of the model as similarities. Leave-one-out is exact without fitting again: the prediction is linear
 * in the other scores and the diagonal of B is 0, so that r̂_j does not depend on r_j.
 */
import type { Anime, Catalogue } from '../data/anime.ts';
import { type Profile, STATUS } from '../data/interactions.ts';
import type { Terms } from '../linalg/term-finder.ts';
import type { ItemWeights } from '../model/item-weights/item-weights.ts';
import { TimeSlice } from '../time-slice.ts';

export interface Surprise {
  readonly anime: Anime;
  readonly rating: number;
  /** predicted from the rest of the list, 1–10 */
  readonly predicted: number;
}

/** λ: the total weight at which neighbours count as much as the baseline. */
const DAMPING = 0.1;
/** Neighbours per prediction, at most. */
const MOST = 500;
/** Titles that are predicted before a look at the clock: about a millisecond. */
const PART = 200;
/** The number of scores at which the level of a person, b, counts half. */
const LEVEL_DAMPING = 5;
/** Used as the mean score in a catalogue without any scores. */
const TYPICAL_MEAN = 7;

export interface Prediction {
  readonly item: number;
  readonly rating: number;
  readonly predicted: number;
}

/**
 * Predicts every scored title of the profile, in its order; scores of planned titles do not count. Lets the event loop
 * run meanwhile: a list of all titles has millions of neighbours.
 */
export async function predictions(
  catalogue: Catalogue,
  model: ItemWeights,
  { items, ratings, statuses }: Profile,
  damping = DAMPING,
): Promise<Prediction[]> {
  const isScored = (_: number, p: number) => ratings[p] > 0 && statuses[p] !== STATUS.plan_to_watch;
  const own: Profile = {
    items: items.filter(isScored),
    ratings: ratings.filter(isScored),
    statuses: statuses.filter(isScored),
  };
  const typical = typicalMean(catalogue);
  const meanOf = (item: number) => catalogue[item].meanScore ?? typical;
  /** d by item; 0 = not scored */
  const deviation = new Float64Array(catalogue.length);
  own.items.forEach((item, p) => {
    deviation[item] = own.ratings[p] - meanOf(item);
  });
  const total = own.items.reduce((sum, item) => sum + deviation[item], 0);
  const ones = new Float32Array(own.items.length).fill(1);
  const slice = new TimeSlice();
  const found: Prediction[] = [];
  for (let from = 0; from < own.items.length; from += PART) {
    if (slice.over) await slice.next();
    const part = own.items.subarray(from, from + PART);
    const neighbours = model.explain(own, ones, part, MOST);
    part.forEach((item, n) => {
      const level = (total - deviation[item]) / (own.items.length - 1 + LEVEL_DAMPING);
      const shift = shiftOf(neighbours, n, { deviation, level, damping });
      const predicted = Math.min(10, Math.max(1, meanOf(item) + level + shift));
      found.push({ item, rating: own.ratings[from + n], predicted });
    });
  }
  return found;
}

/** What the neighbours of the n-th title add: Σ s (d − b) / (λ + Σ s). */
function shiftOf(
  { ends, items, parts }: Terms,
  n: number,
  { deviation, level, damping }: { deviation: Float64Array; level: number; damping: number },
): number {
  let weight = damping;
  let sum = 0;
  for (let term = n === 0 ? 0 : ends[n - 1]; term < ends[n]; term++) {
    if (parts[term] <= 0) continue;
    weight += parts[term];
    sum += parts[term] * (deviation[items[term]] - level);
  }
  return weight > 0 ? sum / weight : 0;
}

/** A score at least this far from its prediction is a surprise. */
const NOTABLE = 1;

/** The `limit` scores furthest above their prediction and the `limit` furthest below, furthest first. */
export async function surprisesOf(
  catalogue: Catalogue,
  model: ItemWeights,
  profile: Profile,
  limit: number,
): Promise<{ readonly higher: Surprise[]; readonly lower: Surprise[] }> {
  const all = (await predictions(catalogue, model, profile))
    .filter(({ rating, predicted }) => Math.abs(rating - predicted) >= NOTABLE)
    .sort((a, b) => b.rating - b.predicted - (a.rating - a.predicted) || a.item - b.item)
    .map(({ item, rating, predicted }) => ({ anime: catalogue[item], rating, predicted }));
  return {
    higher: all.filter(({ rating, predicted }) => rating > predicted).slice(0, limit),
    lower: all
      .filter(({ rating, predicted }) => rating < predicted)
      .reverse()
      .slice(0, limit),
  };
}

const means = new WeakMap<Catalogue, number>();

/** The mean over all titles that have a mean score. */
function typicalMean(catalogue: Catalogue): number {
  let mean = means.get(catalogue);
  if (mean === undefined) {
    const scores = catalogue.flatMap(({ meanScore }) => (meanScore === null ? [] : [meanScore]));
    mean = scores.length
      ? scores.reduce((sum, score) => sum + score, 0) / scores.length
      : TYPICAL_MEAN;
    means.set(catalogue, mean);
  }
  return mean;
}
