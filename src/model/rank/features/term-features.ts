/** Features of a candidate from the terms of the first stage's sum: Σ x_i · B_ij over the list, column by column. */
import type { PlacedCsr } from '../../../linalg/row-scorer.ts';
import { featurePlace } from '../feature-names.ts';
import type { ListFacts } from './list-facts.ts';

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
/** A term that counts. */
const COUNTS = 0.02;

/** Row j of `columns` = what each item adds to title j. */
export type Columns = PlacedCsr;

/** Σ of the positive entries of every row. */
export function positiveSums({ rows, indptr, values }: Columns): Float32Array {
  const sums = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let q = indptr[row]; q < indptr[row + 1]; q++) if (values[q] > 0) sum += values[q];
    sums[row] = sum;
  }
  return sums;
}

/** Whether two matrices have their entries in the same places, as all of one slim have. */
export function haveSamePlaces(a: Columns, b: Columns): boolean {
  return (
    a.indices.length === b.indices.length &&
    a.indptr.every((end, row) => end === b.indptr[row]) &&
    a.indices.every((item, q) => item === b.indices[q])
  );
}

/** Σ x_i · B_ij */
export function sumOf({ indptr, indices, values }: Columns, item: number, x: Float32Array): number {
  let sum = 0;
  const end = indptr[item + 1];
  for (let q = indptr[item]; q < end; q++) sum += x[indices[q]] * values[q];
  return sum;
}

/** The strongest terms of the candidate that was written last, largest first. */
const kept = () => new Float64Array(KEPT);

export class TermFeatures {
  readonly #list: ListFacts;
  readonly #strongest = kept();
  /** where the entries of seen titles stand in the row that was written last */
  readonly #seen: Uint32Array;
  #count = 0;

  /** @param longest entries that a row has at most */
  constructor(list: ListFacts, longest: number) {
    this.#list = list;
    this.#seen = new Uint32Array(longest + 1);
  }

  /** Σ x_i · B_ij of the row that was written last, by another matrix with its entries in the same places. */
  sumBy({ indices, values }: Columns): number {
    const { weights } = this.#list;
    let sum = 0;
    for (let n = 0; n < this.#count; n++) {
      const q = this.#seen[n];
      sum += weights[indices[q]] * values[q];
    }
    return sum;
  }

  /**
   * @param positive of positiveSums
   * @param at where the candidate's numbers begin in `out`
   */
  write(
    { indptr, indices, values }: Columns,
    positive: Float32Array,
    item: number,
    out: Float32Array,
    at: number,
  ): void {
    const { isSeen, weights, deviations } = this.#list;
    const strongest = this.#strongest.fill(0);
    const places = this.#seen;
    let count = 0;
    let terms = 0;
    let above = 0;
    let below = 0;
    let seenSum = 0;
    let seenPositive = 0;
    let liking = 0;
    let strongestItem = -1;
    const end = indptr[item + 1];
    // Without a branch: which titles are seen cannot be predicted.
    for (let q = indptr[item]; q < end; q++) {
      places[count] = q;
      count += isSeen[indices[q]];
    }
    for (let n = 0; n < count; n++) {
      const q = places[n];
      const other = indices[q];
      const b = values[q];
      const term = weights[other] * b;
      seenSum += b;
      if (b > 0) {
        seenPositive += b;
        liking += b * deviations[other];
      }
      if (term <= 0) {
        below += term;
        continue;
      }
      above += term;
      if (term > COUNTS) terms++;
      if (term <= strongest[KEPT - 1]) continue;
      if (term > strongest[0]) strongestItem = other;
      let place = KEPT - 1;
      for (; place > 0 && strongest[place - 1] < term; place--)
        strongest[place] = strongest[place - 1];
      strongest[place] = term;
    }
    this.#count = count;
    for (let n = 0; n < KEPT; n++) out[at + TERM_1 + n] = strongest[n];
    out[at + TERMS] = Math.log1p(terms);
    out[at + STRONGEST_SHARE] = above > 0 ? strongest[0] / above : 0;
    out[at + NEGATIVES] = below;
    out[at + SEEN_SUM] = seenSum;
    out[at + SEEN_SHARE] = positive[item] > 0 ? seenPositive / positive[item] : 0;
    out[at + NEIGHBOUR_DEVIATION] = seenPositive > 0 ? liking / (seenPositive + 0.05) : 0;
    out[at + STRONGEST_DEVIATION] = strongestItem >= 0 ? deviations[strongestItem] : 0;
  }
}
