/** P = A⁻¹ of EASE, A = G + λI + p/(1−p)·diag(G): from people's rows where those are few, else from all title pairs. */
import type { FeatureOptions } from '../../config/model-options.ts';
import type { Csr } from '../../data/csr.ts';
import type { Dataset } from '../../data/dataset.ts';
import { BlockSymmetricMatrix } from '../../linalg/block-symmetric-matrix.ts';
import { collected } from '../../linalg/gram.ts';
import { invert } from '../../linalg/inverse.ts';
import { invertByRows, isFasterByRows } from '../../linalg/inverse-by-rows.ts';
import { GramCache } from '../gram/gram-cache.ts';
import { addScaled, userRows } from '../gram/gram-matrices.ts';
import type { FitContext } from '../recommender.ts';
import type { UserRowOptions } from '../shared-grams.ts';

export interface DiagonalOptions {
  /** λ */
  readonly regularization: number;
  /** p */
  readonly dropout: number;
}

export interface SystemOptions extends DiagonalOptions, UserRowOptions {
  /** α of the content rows */
  readonly content: number;
  readonly features: FeatureOptions;
}

export interface EaseInverse {
  /** P */
  readonly inverse: BlockSymmetricMatrix;
  /** the diagonal of G */
  readonly own: Float32Array;
}

/** @throws OsusumeError when A is not positive definite */
export async function easeInverse(
  dataset: Dataset,
  options: SystemOptions,
  context: FitContext = {},
): Promise<EaseInverse> {
  const people = userRows(dataset, context.users ?? dataset.parts.train, options);
  const titles = dataset.items.size;
  // Content has as many rows as there are titles.
  const isByRows =
    options.content === 0 &&
    options.regularization > 0 &&
    isFasterByRows(people.rows, titles, people.entries);
  if (!isByRows) return inverseOfPairs(await pairsOf(dataset, options, context), options, context);
  const rows = collected(people, titles);
  const own = squaresOf(rows);
  const inverse = new BlockSymmetricMatrix(titles);
  const added = own.map((entry) => addedTo(entry, options));
  await invertByRows(rows, added, inverse, context);
  return { inverse, own };
}

/** P over G. */
export async function inverseOfPairs(
  gram: BlockSymmetricMatrix,
  options: DiagonalOptions,
  context: FitContext = {},
): Promise<EaseInverse> {
  const own = gram.diagonal();
  for (let i = 0; i < gram.size; i++) gram.set(i, i, own[i] + addedTo(own[i], options));
  await invert(gram, context);
  return { inverse: gram, own };
}

/** G of people and content. */
async function pairsOf(
  dataset: Dataset,
  options: SystemOptions,
  context: FitContext,
): Promise<BlockSymmetricMatrix> {
  const grams = context.grams ?? new GramCache(dataset, context);
  const gram = await grams.userGram(options, 'overwrite');
  if (options.content > 0)
    addScaled(gram, await grams.contentGram(options.features, 'overwrite'), options.content);
  return gram;
}

function addedTo(own: number, { regularization, dropout }: DiagonalOptions): number {
  return regularization + (dropout / (1 - dropout)) * own;
}

/** Σ_u Y[u,i]² */
function squaresOf({ columns, indices, values }: Csr): Float32Array {
  const sums = new Float64Array(columns);
  for (let p = 0; p < indices.length; p++) sums[indices[p]] += values[p] * values[p];
  return Float32Array.from(sums);
}
