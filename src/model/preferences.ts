/** People × items: everyone's preference weights as sparse rows, and the weightings of text search on such rows. */
import { type Static, Type } from 'typebox';
import type { WeightOptions } from '../config/model-options.ts';
import type { Csr } from '../data/csr.ts';
import type { Dataset, UserRange } from '../data/dataset.ts';
import { type Profile, profileOf } from '../data/interactions.ts';
import { preferenceWeights } from '../data/weights.ts';

/**
 * How the entries of a documents × terms matrix X count, as in the `implicit` library; N documents:
 *
 *   cosine   x
 *   tfidf    x · idf                                            idf = ln(N / (1 + documents with the term))
 *   bm25     x · (K1 + 1) / (K1 · (1 − B + B · length / mean length) + x) · idf       length = Σ of the document's x
 */
export type Weighting = 'cosine' | 'tfidf' | 'bm25';

/** An option that is one of them. */
export function weightingOf(value: Weighting) {
  return Type.Union([Type.Literal('cosine'), Type.Literal('tfidf'), Type.Literal('bm25')], {
    default: value,
  });
}

/** K1: how much a large entry may count; B: how much a long document's entries lose. */
export const Bm25Options = Type.Object(
  {
    K1: Type.Number({ minimum: 0, default: 100 }),
    B: Type.Number({ minimum: 0, maximum: 1, default: 0.8 }),
  },
  { additionalProperties: false, default: {} },
);
export type Bm25Options = Static<typeof Bm25Options>;

/** What a weighting must know of all documents to weigh one. */
export interface TermStatistics {
  /** of each term */
  readonly idf: Float32Array;
  readonly meanLength: number;
}

/** The preference weights of `users` that are not 0. */
export function preferenceRows(dataset: Dataset, users: UserRange, options: WeightOptions): Csr {
  const { interactions } = dataset;
  const rows = users.to - users.from;
  const most = interactions.indptr[users.to] - interactions.indptr[users.from];
  const indptr = new Uint32Array(rows + 1);
  const indices = new Uint32Array(most);
  const values = new Float32Array(most);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const profile = profileOf(interactions, users.from + row);
    const weights = preferenceWeights(profile, options);
    for (let p = 0; p < weights.length; p++) {
      if (weights[p] === 0) continue;
      indices[at] = profile.items[p];
      values[at++] = weights[p];
    }
    indptr[row + 1] = at;
  }
  const columns = interactions.items;
  return { rows, columns, indptr, indices: indices.slice(0, at), values: values.slice(0, at) };
}

export function termStatistics({ rows, columns, indptr, indices, values }: Csr): TermStatistics {
  const documents = new Uint32Array(columns);
  let total = 0;
  for (let p = 0; p < indptr[rows]; p++) {
    documents[indices[p]]++;
    total += values[p];
  }
  const idf = Float32Array.from(documents, (count) => Math.log(Math.max(1, rows) / (1 + count)));
  return { idf, meanLength: total / Math.max(1, rows) };
}

/** One document's entries `values` (of the terms `terms`), weighed in place. */
export function weigh(
  weighting: Weighting,
  { idf, meanLength }: TermStatistics,
  { K1, B }: Bm25Options,
  terms: Uint32Array,
  values: Float32Array,
): void {
  if (weighting === 'cosine') return;
  if (weighting === 'tfidf') {
    for (let p = 0; p < terms.length; p++) values[p] *= idf[terms[p]];
    return;
  }
  let length = 0;
  for (let p = 0; p < terms.length; p++) length += values[p];
  const norm = K1 * (1 - B + (B * length) / meanLength);
  for (let p = 0; p < terms.length; p++) {
    const x = values[p];
    // x is never below 0; norm is 0 only for K1 = 0, where every entry counts alike
    values[p] = x === 0 ? 0 : ((x * (K1 + 1)) / (norm + x)) * idf[terms[p]];
  }
}

/** Every row weighed; X itself is left as it is. */
export function weighRows(matrix: Csr, weighting: Weighting, options: Bm25Options): Csr {
  const weighed = { ...matrix, values: matrix.values.slice() };
  const statistics = termStatistics(matrix);
  for (let row = 0; row < matrix.rows; row++) {
    const [from, to] = [matrix.indptr[row], matrix.indptr[row + 1]];
    weigh(
      weighting,
      statistics,
      options,
      matrix.indices.subarray(from, to),
      weighed.values.subarray(from, to),
    );
  }
  return weighed;
}

/** A profile's entries whose weight is not 0. */
export function preferencesOf(
  profile: Profile,
  options: WeightOptions,
): { items: Uint32Array; weights: Float32Array } {
  const all = preferenceWeights(profile, options);
  return {
    items: profile.items.filter((_, p) => all[p] !== 0),
    weights: all.filter((weight) => weight !== 0),
  };
}
