/**
 * EASE (Steck 2019) as a hybrid in one closed-form solve:
 *
 *   G = XᵀD^(−β)X + αTᵀT      people by their preference weights X, D = a person's total weight (DAN 2025);
 *                             content features T × items (CEASE, Jeunen et al. 2020)
 *   A = G + λI + p/(1−p)·diag(G)                                   (EDLAE's dropout p, Steck 2020)
 *   P = A⁻¹,  B_ij = −P_ij / P_jj · P_jj^γ,  diag(B) = 0;  scores = x·B
 *
 * Of each column of B only the entries with the largest |B_ij| · G_ii^ρ are kept. For short lists a prior is added
 * (prior.ts).
 */
import { type Static, Type } from 'typebox';
import { SlimOptions } from '../../config/model-options.ts';
import { parseOptions } from '../../config/parse-options.ts';
import { transpose } from '../../data/csr.ts';
import { strongestOfColumns } from '../../linalg/strongest.ts';
import { defineModel } from '../define-model.ts';
import { ItemWeights } from '../item-weights/item-weights.ts';
import { priorOf } from '../item-weights/prior.ts';
import { type Listings, listingsOf } from '../listings.ts';
import type { FitContext } from '../recommender.ts';
import { type EaseInverse, easeInverse } from './ease-inverse.ts';

/** Options that are those of slim unless they are given. */
const SHARED = [
  'userNormalization',
  'content',
  'features',
  'columnPower',
  'prior',
  'weights',
] as const;

export const EaseOptions = Type.Object(
  {
    /** λ, added to the diagonal of G */
    regularization: Type.Number({ minimum: 0, default: 40 }),
    /** p of EDLAE: adds p/(1−p)·diag(G) to the diagonal */
    dropout: Type.Number({ minimum: 0, maximum: 0.95, default: 0.25 }),
    /** entries kept per title, those with the largest |B_ij| · G_ii^ρ: an entry in a row of many users matters to more of them */
    neighbours: Type.Integer({ minimum: 1, default: 200 }),
    /** ρ */
    rowPower: Type.Number({ minimum: 0, maximum: 1, default: 0.5 }),
    ...Type.Pick(SlimOptions, SHARED).properties,
  },
  { additionalProperties: false, default: {} },
);
export type EaseOptions = Static<typeof EaseOptions>;

/** @throws UsageError that names the field */
export function parseEaseOptions(value: unknown): EaseOptions {
  return parseOptions(EaseOptions, value, 'ease');
}

/**
 * B from P, which is as large as all pairs of titles and is left as it is.
 * @param listings of each title, and of how many people: what the prior is made from
 */
export async function easeWeights(
  { inverse, own }: EaseInverse,
  listings: Listings,
  options: EaseOptions,
  context: FitContext = {},
): Promise<ItemWeights> {
  const { neighbours, columnPower, rowPower } = options;
  const diagonal = inverse.diagonal();
  const scale = own.map((entry) => Math.max(entry, LEAST_OWN) ** rowPower);
  const columns = await strongestOfColumns(inverse, neighbours, { ...context, scale });
  const { indptr, indices, values } = columns;
  for (let c = 0; c < columns.rows; c++) {
    const factor = -(diagonal[c] ** (columnPower - 1));
    for (let p = indptr[c]; p < indptr[c + 1]; p++)
      values[p] = (values[p] / scale[indices[p]]) * factor;
  }
  const prior = options.prior > 0 ? priorOf(listings, options.prior) : null;
  return new ItemWeights('ease', transpose(columns), options.weights, prior);
}

/** Least G_ii, for titles that nobody lists and that share no feature: keeps the division by its power finite. */
const LEAST_OWN = 1e-3;

export const ease = defineModel({
  name: 'ease',
  options: EaseOptions,
  sharedOptions: SHARED,
  async fit(dataset, options, context) {
    const users = context.users ?? dataset.parts.train;
    const inverse = await easeInverse(dataset, options, context);
    return easeWeights(inverse, listingsOf(dataset, users), options, context);
  },
  load: (folder) => ItemWeights.load(folder, 'ease'),
});
