/** Features of a candidate from the terms of the first stage's sum: x_i · B_ij over the titles i of the list. */
import { RECORD, TERM } from '../../../linalg/list-terms.ts';
import type { PlacedCsr } from '../../../linalg/placed-csr.ts';
import type { ItemWeights } from '../../item-weights/item-weights.ts';
import { featurePlace } from '../feature-names.ts';
import type { ListFacts } from './list-facts.ts';

const SUM = featurePlace('sum');
const SUM_30 = featurePlace('sum-30');
const TERM_1 = featurePlace('term-1');
const TERMS = featurePlace('terms');
const STRONGEST_SHARE = featurePlace('strongest-share');
const NEGATIVES = featurePlace('negatives');
const SEEN_SUM = featurePlace('seen-sum');
const SEEN_SHARE = featurePlace('seen-share');
const NEIGHBOUR_DEVIATION = featurePlace('neighbour-deviation');
const STRONGEST_DEVIATION = featurePlace('strongest-deviation');

/** Terms that are written one by one. */
const KEPT = 5;
/** A title with fewer neighbours says less about how they were liked: as if so much more of B were liked as usual. */
const SHRINKAGE = 0.05;

export class TermFeatures {
  /** by title: Σ of the positive entries of its column */
  readonly #positive: Float32Array;

  constructor(private readonly stage: ItemWeights) {
    this.#positive = positiveSums(stage.rows);
  }

  /** Writes `width` numbers a candidate apart. @param list that has been read */
  write(list: ListFacts, candidates: Uint32Array, width: number, out: Float32Array): void {
    const records = this.stage.terms.of(list.entries, candidates);
    for (let n = 0; n < candidates.length; n++) {
      const from = n * RECORD;
      const at = n * width;
      const above = records[from + TERM.above];
      const seenPositive = records[from + TERM.positive];
      const strongest = from + TERM.strongest;
      const positive = this.#positive[candidates[n]];
      for (let k = 0; k < KEPT; k++) out[at + TERM_1 + k] = records[strongest + k];
      out[at + SUM] = records[from + TERM.sum];
      out[at + TERMS] = Math.log1p(records[from + TERM.count]);
      out[at + STRONGEST_SHARE] = above > 0 ? records[strongest] / above : 0;
      out[at + NEGATIVES] = Math.min(0, records[from + TERM.sum] - above);
      out[at + SEEN_SUM] = records[from + TERM.seen];
      out[at + SEEN_SHARE] = positive > 0 ? seenPositive / positive : 0;
      out[at + NEIGHBOUR_DEVIATION] = records[from + TERM.liking] / (seenPositive + SHRINKAGE);
      out[at + STRONGEST_DEVIATION] = records[from + TERM.deviation];
    }
  }
}

/** Writes what weights for parts make of the same titles. */
export function writePartSums(
  part: ItemWeights,
  list: ListFacts,
  candidates: Uint32Array,
  { width, out }: { readonly width: number; readonly out: Float32Array },
): void {
  const records = part.terms.of(list.entries, candidates);
  for (let n = 0; n < candidates.length; n++)
    out[n * width + SUM_30] = records[n * RECORD + TERM.sum];
}

function positiveSums({ columns, indices, values }: PlacedCsr): Float32Array {
  const sums = new Float32Array(columns);
  for (let q = 0; q < values.length; q++) if (values[q] > 0) sums[indices[q]] += values[q];
  return sums;
}
