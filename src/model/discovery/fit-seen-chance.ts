/**
 * Fits P(seen, not named | list) on people of the data set: of each a random part of the liked titles is named, and
 * what else is on the list has been seen and was not named.
 */
import type { Dataset, UserRange } from '../../data/dataset.ts';
import { type Profile, profileOf, STATUS } from '../../data/interactions.ts';
import { isLiked, meanRating } from '../../data/liked.ts';
import { type Random, shuffle } from '../../data/random.ts';
import { userRandom } from '../../data/split.ts';
import type { SlimWeights } from '../linear/slim-weights.ts';
import { Evidence } from './evidence.ts';
import { fitLogistic } from './logistic.ts';
import { SEEN_TERMS, SeenTerms, USUAL_COEFFICIENTS } from './seen-chance.ts';

/** So many people decide ten numbers well. */
const PEOPLE = 800;
/** Titles named; at most half of those that somebody likes. */
const PARTS = [3, 5, 5, 5, 8, 12, 20, 35, 50];
const SEED = 1;

interface Sample {
  readonly terms: number[];
  readonly outcomes: number[];
  readonly weights: number[];
}

/** @param shares by item: of the people who have seen it */
export function fitSeenChance(
  dataset: Dataset,
  users: UserRange,
  model: SlimWeights,
  shares: Float32Array,
): Float32Array {
  const terms = new SeenTerms(dataset.catalogue, shares);
  const evidence = new Evidence(shares.length);
  const sample: Sample = { terms: [], outcomes: [], weights: [] };
  const step = Math.max(1, (users.to - users.from) / PEOPLE);
  for (let at = users.from; at < users.to; at += step) {
    const user = Math.floor(at);
    const uniform = userRandom(SEED, dataset.users.ids[user]);
    const list = profileOf(dataset.interactions, user);
    const part = partOf(list, uniform);
    if (part) addPerson({ list, part, uniform }, { terms, evidence, model }, sample);
  }
  const fitted = fitLogistic(
    {
      terms: Float64Array.from(sample.terms),
      outcomes: Uint8Array.from(sample.outcomes),
      weights: Float64Array.from(sample.weights),
    },
    USUAL_COEFFICIENTS,
  );
  return Float32Array.from(fitted);
}

/** A few random titles that somebody likes; null when the list has too few. */
function partOf({ items, ratings, statuses }: Profile, uniform: Random): Profile | null {
  const mean = meanRating({ ratings });
  const liked = [...items.keys()].filter(
    (p) => statuses[p] !== STATUS.plan_to_watch && isLiked(ratings[p], mean),
  );
  const size = Math.min(PARTS[Math.floor(uniform() * PARTS.length)], liked.length >> 1);
  if (size < PARTS[0]) return null;
  const named = shuffle(liked, uniform)
    .slice(0, size)
    .sort((a, b) => a - b);
  return {
    items: Uint32Array.from(named, (p) => items[p]),
    ratings: Uint8Array.from(named, (p) => ratings[p]),
    statuses: Uint8Array.from(named, (p) => statuses[p]),
    isWhole: false,
  };
}

interface Person {
  readonly list: Profile;
  readonly part: Profile;
  readonly uniform: Random;
}
interface Readers {
  readonly terms: SeenTerms;
  readonly evidence: Evidence;
  readonly model: SlimWeights;
}

/** Adds titles by chance, those that are known or tied to the part more often, each weighted by how rarely. */
function addPerson({ list, part, uniform }: Person, readers: Readers, sample: Sample): void {
  const { terms, evidence, model } = readers;
  evidence.read(part, model.whole.weigh(part), model.sharesFor(part));
  const named = terms.named(part);
  const isSeen = new Set<number>();
  for (let p = 0; p < list.items.length; p++)
    if (list.statuses[p] !== STATUS.plan_to_watch) isSeen.add(list.items[p]);
  const isNamed = new Set(part.items);
  const row = new Float64Array(SEEN_TERMS);
  const { shares } = terms;
  for (let item = 0; item < shares.length; item++) {
    if (isNamed.has(item)) continue;
    const tie = Math.max(0, evidence.sums[item]);
    const often = terms.isOfNamedStory(item, named) ? 1 : 0.5 * shares[item] + 0.3 * tie + 0.002;
    if (uniform() > often) continue;
    sample.terms.push(...terms.read(item, named, tie, row));
    sample.outcomes.push(isSeen.has(item) ? 1 : 0);
    sample.weights.push(1 / Math.min(1, often));
  }
}
