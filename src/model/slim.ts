/**
 * SLIM with selected neighbours (Ning & Karypis 2011, "fsSLIM"), its elastic net replaced by EASE's ridge: each title
 * is regressed on the titles most like it, as a hybrid of people and content.
 *
 *   G = XᵀD^(−β)X + αTᵀT      people by their preference weights X, D = a person's total weight (DAN 2025);
 *                             content features T × items (CEASE, Jeunen et al. 2020)
 *   A = G + λI + p/(1−p)·diag(G)                                   (EDLAE's dropout p, Steck 2020)
 *   N(j) = the k_j titles i ≠ j with the largest G_ij / √G_ii,     k_j ∝ (1 + listings_j)^τ
 *   B_Nj = (A_NN)⁻¹ A_Nj · rest_j^(−γ),  rest_j = A_jj − A_jN (A_NN)⁻¹ A_Nj;  scores = x·B
 *
 * With all titles as neighbours it is EASE. Few are better as well as quicker: the regression does not lean on titles
 * that have little to do with j, and no inverse of all titles is needed (docs/models.md). Of somebody with few titles
 * little is known, so a prior counts beside their titles (prior.ts).
 */
import type { SlimOptions } from '../config/model-options.ts';
import { transpose } from '../data/csr.ts';
import type { ColumnPanels } from '../kernel/panels.ts';
import { regressOnNeighbours } from '../kernel/regression.ts';
import { strongestOfColumns } from '../kernel/strongest.ts';
import { addScaled } from './grams.ts';
import { ItemWeights } from './item-weights.ts';
import { type Listings, listingsOf, priorOf } from './prior.ts';
import type { FitContext, RecommenderFactory } from './recommender.ts';
import { SharedWork } from './shared-work.ts';

/** Neighbours of a title, at least and at most. */
const LEAST = 10;
const MOST = 300;
/** G_ii of a title that nobody has and that shares nothing with another: its entries stay comparable, not infinite. */
const LEAST_OWN = 1e-3;

/**
 * B from G, which is only read.
 * @param listings of each title, and of how many people: what neighbours and the prior are counted by
 */
export async function solveSlim(
  gram: ColumnPanels,
  listings: Listings,
  options: SlimOptions,
  context: FitContext = {},
): Promise<ItemWeights> {
  const { regularization, dropout, columnPower } = options;
  const own = gram.diagonal();
  const scale = own.map((entry) => 1 / Math.sqrt(Math.max(entry, LEAST_OWN)));
  const neighbours = await strongestOfColumns(gram, neighbourCounts(listings, options), {
    ...context,
    scale,
  });
  const ridge = own.map((entry) => regularization + (dropout / (1 - dropout)) * entry);
  const { weights, rest } = await regressOnNeighbours(gram, ridge, neighbours, context);
  const { rows, indptr, values } = weights;
  for (let j = 0; j < rows; j++) {
    const factor = rest[j] ** -columnPower;
    for (let p = indptr[j]; p < indptr[j + 1]; p++) values[p] *= factor;
  }
  const prior = options.prior > 0 ? priorOf(listings, options.prior) : null;
  return new ItemWeights('slim', transpose(weights), options.weights, prior);
}

/** k_j: `neighbours` on average (before the limits), more for titles that more people list. */
export function neighbourCounts(
  { counts }: Listings,
  { neighbours, listingPower }: Pick<SlimOptions, 'neighbours' | 'listingPower'>,
): Uint32Array {
  const shares = Float64Array.from(counts, (count) => (1 + count) ** listingPower);
  const unit = (neighbours * counts.length) / shares.reduce((sum, share) => sum + share, 0);
  return Uint32Array.from(shares, (share) => Math.min(MOST, Math.max(LEAST, share * unit)));
}

export const slim: RecommenderFactory<SlimOptions, ItemWeights> = {
  name: 'slim',
  async fit(dataset, options, context = {}) {
    const work = context.work ?? new SharedWork(dataset, context);
    const gram = await work.peopleGram(options, 'overwrite');
    if (options.content > 0)
      addScaled(gram, await work.contentGram(options.features, 'overwrite'), options.content);
    const users = context.users ?? dataset.parts.train;
    return solveSlim(gram, listingsOf(dataset, users), options, context);
  },
  load: (folder) => ItemWeights.load(folder, 'slim'),
};
