/** Re-ranks a model's list by two settings: niche (popular ↔ little known) and variety. */
import { bitCount } from '../data/bit-count.ts';
import { HIDDEN } from '../model/mask.ts';
import type { Facets } from './facets.ts';
import type { Candidate } from './franchise-rule.ts';

/** At ±1, a title with ten times the members counts 10^0.7 = five times less (or more). */
export const NICHE_STRENGTH = 0.7;
/** Differences between fewer members than about this hardly count. */
const FEW = 1000;
/** What so few people list, or what is scored so low, is little known for a reason: nothing lifts it. */
const LEAST_MEMBERS = 2000;
const LEAST_SCORE = 6.5;
/** The same for titles to which the list says so little, as a share of what it says for its best title. */
const LEAST_OF_BEST = 0.01;

/**
 * Changes scores in place. A score loses `niche` times its prior, and what is left is multiplied by
 * ((members + 1000) / 1000)^(−0.7 · niche), or divided by it when it is below 0, so that the setting moves titles the same way
 * on both sides of 0. Hidden titles stay hidden; nothing lifts a title that the list says nothing for.
 * @param priors by item: the part of the score that is for being well known
 */
export function favourNiche(
  scores: Float32Array,
  priors: ArrayLike<number>,
  facets: Facets,
  niche: number,
): void {
  if (niche === 0) return;
  let best = 0;
  for (let item = 0; item < scores.length; item++)
    best = Math.max(best, scores[item] === HIDDEN ? 0 : scores[item] - priors[item]);
  for (let item = 0; item < scores.length; item++) {
    if (scores[item] === HIDDEN) continue;
    const isTied = scores[item] - priors[item] >= LEAST_OF_BEST * best;
    const distance = nicheDistance(facets, item, niche, isTied);
    const factor = Math.exp(-niche * NICHE_STRENGTH * distance);
    scores[item] -= niche * priors[item];
    scores[item] *= scores[item] > 0 ? factor : 1 / factor;
  }
}

/**
 * ln((members + 1000) / 1000); towards the little known, what nothing should lift counts as well known as any title.
 * @param isTied whether the list says something for the title
 */
export function nicheDistance(
  { members, meanScores, mostMembers }: Facets,
  item: number,
  niche: number,
  isTied: boolean,
): number {
  const isWorthy = isTied && members[item] >= LEAST_MEMBERS && meanScores[item] >= LEAST_SCORE;
  return knownBy(niche > 0 && !isWorthy ? mostMembers : members[item]);
}

/** ln((members + 1000) / 1000) */
function knownBy(members: number): number {
  return Math.log((members + FEW) / FEW);
}

/** What a varied list is chosen from is the best titles only, so that all of it fits the person. */
export function varietyPool(limit: number): number {
  return Math.max(30, 3 * limit);
}
/** How much being unlike the others counts at most: with 1, a list would hardly fit the person any more. */
const MOST_VARIETY = 0.8;

/**
 * Maximal marginal relevance (Carbonell & Goldstein 1998): repeatedly takes the candidate with the largest
 *   (1 − v) · relevance − v · (similarity to the most similar one taken),   v = 0.8 · variety.
 * Relevance falls linearly by rank from 1 to 0: scores fall so fast that almost any variety would outweigh them.
 * Similarity: see genreSimilarity().
 * @param candidates best first
 */
export function diversify(
  candidates: readonly Candidate[],
  facets: Facets,
  variety: number,
  limit: number,
): Candidate[] {
  const weight = MOST_VARIETY * variety;
  // Flat arrays: 500 of 1,500 candidates take 600,000 similarities.
  const items = Uint32Array.from(candidates, ({ item }) => item);
  /** of each candidate: to the most similar one taken */
  const similarity = new Float64Array(candidates.length);
  /** the candidates that are left, best first */
  const left = Uint32Array.from(candidates.keys());
  const taken: Candidate[] = [];
  for (let size = left.length; taken.length < limit && size > 0; size--) {
    let best = 0;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < size; n++) {
      const relevance = 1 - left[n] / candidates.length;
      const value = (1 - weight) * relevance - weight * similarity[left[n]];
      if (value <= bestValue) continue;
      best = n;
      bestValue = value;
    }
    const next = left[best];
    taken.push(candidates[next]);
    left.copyWithin(best, best + 1, size);
    for (let n = 0; n < size - 1; n++) {
      const other = left[n];
      if (similarity[other] === 1) continue;
      const own = genreSimilarity(facets, items[next], items[other]);
      if (own > similarity[other]) similarity[other] = own;
    }
  }
  return taken;
}

/** Jaccard index of the genres; 1 for titles of the same franchise. */
export function genreSimilarity(
  { genreBits, words, franchises }: Facets,
  a: number,
  b: number,
): number {
  if (franchises[a] >= 0 && franchises[a] === franchises[b]) return 1;
  let shared = 0;
  let all = 0;
  for (let word = 0; word < words; word++) {
    const x = genreBits[a * words + word];
    const y = genreBits[b * words + word];
    shared += bitCount(x & y);
    all += bitCount(x | y);
  }
  return all === 0 ? 0 : shared / all;
}
