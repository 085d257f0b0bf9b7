/** Two dials on the model's order: popular ↔ niche, and variety. */

import { bitCount } from '../data/bit-count.ts';
import { HIDDEN } from '../model/mask.ts';
import type { Facets } from './facets.ts';
import type { Candidate } from './franchise-rule.ts';

/** At ±1, a title with ten times the members counts 10^0.7 = five times less (or more). */
const STRENGTH = 0.7;
/** Members are not told apart below about this many. */
const FEW = 1000;

/**
 * Scores in place: a positive score is multiplied by ((members + 1000) / 1000)^(−0.7 · niche), a negative one divided by
 * it, so that the dial moves titles the same way on both sides of 0. What is hidden stays hidden.
 */
export function favourNiche(scores: Float32Array, { members }: Facets, niche: number): void {
  if (niche === 0) return;
  for (let item = 0; item < scores.length; item++) {
    if (scores[item] === HIDDEN) continue;
    const factor = ((members[item] + FEW) / FEW) ** (-niche * STRENGTH);
    scores[item] *= scores[item] > 0 ? factor : 1 / factor;
  }
}

/**
 * Maximal marginal relevance (Carbonell & Goldstein 1998): takes, again and again, the candidate with the largest
 *   (1 − variety) · relevance − variety · likeness to the likest one taken,
 * relevance = 1 for the best candidate, falling evenly to 0 (scores fall so fast that almost any variety would beat
 * them), likeness = shared genres / all genres of the two.
 * @param candidates best first
 */
export function diversify(
  candidates: readonly Candidate[],
  facets: Facets,
  variety: number,
  limit: number,
): Candidate[] {
  const left = candidates.map((candidate, at) => ({
    candidate,
    relevance: 1 - at / candidates.length,
    likeness: 0,
  }));
  const taken: Candidate[] = [];
  while (taken.length < limit && left.length > 0) {
    let best = 0;
    let bestValue = Number.NEGATIVE_INFINITY;
    left.forEach(({ relevance, likeness }, at) => {
      const value = (1 - variety) * relevance - variety * likeness;
      if (value > bestValue) {
        best = at;
        bestValue = value;
      }
    });
    const [{ candidate }] = left.splice(best, 1);
    taken.push(candidate);
    for (const other of left)
      other.likeness = Math.max(
        other.likeness,
        genreSimilarity(facets, candidate.item, other.candidate.item),
      );
  }
  return taken;
}

/** Jaccard index of the genres; 1 for titles of one franchise. */
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
