/**
 * EASE (Steck 2019) as a hybrid in one closed-form solve:
 *
 *   G = XᵀD^(−β)X + αTᵀT      people by their preference weights X, D = a person's total weight (DAN 2025);
 *                             content features T × items (CEASE, Jeunen et al. 2020)
 *   A = G + λI + p/(1−p)·diag(G)                                   (EDLAE's dropout p, Steck 2020)
 *   P = A⁻¹,  B_ij = −P_ij / P_jj · P_jj^γ,  diag(B) = 0;  scores = x·B
 *
 * Of each column of B only the entries with the largest |B_ij| · G_ii^ρ are kept. Of somebody with few titles little is
 * known, so the prior counts beside them (item-weights.ts):  prior_j = ln(1 + listings_j) / ln(1 + people) · strength.
 */
import type { EaseOptions } from '../config.ts';
import { transpose } from '../data/csr.ts';
import type { Dataset, UserRange } from '../data/dataset.ts';
import { invert } from '../kernel/inverse.ts';
import type { ColumnPanels } from '../kernel/panels.ts';
import { strongestOfColumns } from '../kernel/strongest.ts';
import { ItemWeights } from './item-weights.ts';
import { countListings } from './popularity.ts';
import type { FitContext, RecommenderFactory } from './recommender.ts';
import { SharedWork } from './shared-work.ts';

/** `gram` += factor · `other`, e.g. α times the G of content. */
export function addScaled(gram: ColumnPanels, other: ColumnPanels, factor: number): void {
  for (const [p, panel] of gram.panels.entries()) {
    const added = other.panels[p];
    for (let i = 0; i < panel.length; i++) panel[i] += factor * added[i];
  }
}

/**
 * B from G; `gram` is overwritten.
 * @param listings of each title, and of how many people: what the prior is made from
 */
export async function solveEase(
  gram: ColumnPanels,
  listings: Listings,
  options: EaseOptions,
  context: FitContext = {},
): Promise<ItemWeights> {
  const { regularization, dropout, neighbours, columnPower, rowPower } = options;
  const own = gram.diagonal();
  for (let i = 0; i < gram.size; i++)
    gram.set(i, i, own[i] + regularization + (dropout / (1 - dropout)) * own[i]);
  await invert(gram, context);
  const diagonal = gram.diagonal();
  const scale = own.map((entry) => Math.max(entry, LEAST_OWN) ** rowPower);
  const columns = await strongestOfColumns(gram, neighbours, { ...context, scale });
  const { indptr, indices, values } = columns;
  for (let c = 0; c < columns.rows; c++) {
    const factor = -(diagonal[c] ** (columnPower - 1));
    for (let p = indptr[c]; p < indptr[c + 1]; p++)
      values[p] = (values[p] / scale[indices[p]]) * factor;
  }
  const prior = options.prior > 0 ? priorOf(listings, options.prior) : null;
  return new ItemWeights('ease', transpose(columns), options.weights, prior);
}

export interface Listings {
  readonly counts: Float32Array;
  readonly people: number;
}

export function listingsOf(dataset: Dataset, users: UserRange): Listings {
  return { counts: countListings(dataset, users), people: users.to - users.from };
}

function priorOf({ counts, people }: Listings, strength: number): Float32Array {
  const most = Math.log1p(Math.max(1, people));
  return counts.map((count) => (strength * Math.log1p(count)) / most);
}

/** G_ii of a title that nobody has and that shares nothing with another: its entries stay comparable, not infinite. */
const LEAST_OWN = 1e-3;

export const ease: RecommenderFactory<EaseOptions, ItemWeights> = {
  name: 'ease',
  async fit(dataset, options, context = {}) {
    const work = context.work ?? new SharedWork(dataset, context);
    const gram = await work.peopleGram(options, 'overwrite');
    if (options.content > 0)
      addScaled(gram, await work.contentGram(options.features, 'overwrite'), options.content);
    const users = context.users ?? dataset.parts.train;
    return solveEase(gram, listingsOf(dataset, users), options, context);
  },
  load: (folder) => ItemWeights.load(folder, 'ease'),
};
