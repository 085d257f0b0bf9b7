/** Item weights that are similarities: of each title the k nearest, as item-kNN and content have them. */
import type { WeightOptions } from '../../config/model-options.ts';
import { type Csr, transpose } from '../../data/csr.ts';
import type { BlockSymmetricMatrix } from '../../linalg/block-symmetric-matrix.ts';
import { strongestOfColumns } from '../../linalg/strongest.ts';
import type { FitContext } from '../recommender.ts';
import { ItemWeights } from './item-weights.ts';

export interface NearestOptions {
  /** k */
  readonly neighbours: number;
  readonly weights: WeightOptions;
  /** ν: how far each title's column is divided by its sum (default 0) */
  readonly normalization?: number;
  /** µ of each title; default: nothing is centred */
  readonly means?: Float32Array;
}

/** The k nearest of every title by S_ij · scale_i · scale_j. */
export async function nearestItems(
  name: string,
  similarity: BlockSymmetricMatrix,
  scale: Float32Array,
  { neighbours, weights, normalization = 0, means }: NearestOptions,
  context: FitContext = {},
): Promise<ItemWeights> {
  const columns = await strongestOfColumns(similarity, neighbours, { ...context, scale });
  for (let c = 0; c < columns.rows; c++) {
    const own = columns.values.subarray(columns.indptr[c], columns.indptr[c + 1]);
    let sum = 0;
    for (let p = 0; p < own.length; p++) {
      own[p] *= scale[c];
      sum += Math.abs(own[p]);
    }
    if (normalization === 0 || sum === 0) continue;
    const share = sum ** -normalization;
    for (let p = 0; p < own.length; p++) own[p] *= share;
  }
  const b = transpose(columns);
  if (!means) return new ItemWeights(name, b, weights);
  return new ItemWeights(name, b, weights, unexplained(means, columns), 'everyone');
}

/** µ_j − Σ_i µ_i · w_ij: what centring adds to a title's score, for all users alike. */
function unexplained(means: Float32Array, { indptr, indices, values }: Csr): Float32Array {
  return means.map((mean, j) => {
    let expected = 0;
    for (let p = indptr[j]; p < indptr[j + 1]; p++) expected += means[indices[p]] * values[p];
    return mean - expected;
  });
}
