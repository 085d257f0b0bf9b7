/** G of people and G of content: sums over sparse rows, added to a matrix of all item pairs. */
import type { SlimOptions, WeightOptions } from '../../config/model-options.ts';
import type { Dataset, UserRange } from '../../data/dataset.ts';
import { type Profile, profileOf } from '../../data/interactions.ts';
import { preferenceWeights } from '../../data/weights.ts';
import type { BlockSymmetricMatrix } from '../../linalg/block-symmetric-matrix.ts';
import { accumulateGram, type RowSource, sourceOf } from '../../linalg/gram.ts';
import { contentRows, type FacetWeights } from '../features.ts';
import type { FitContext } from '../recommender.ts';

export type UserRowOptions = Pick<SlimOptions, 'weights' | 'userNormalization'>;

/** XᵀD^(−β)X over some people: added to `gram`. */
export function addUsers(
  gram: BlockSymmetricMatrix,
  dataset: Dataset,
  users: UserRange,
  options: UserRowOptions,
  context: FitContext = {},
): Promise<void> {
  return accumulateGram([userRows(dataset, users, options)], gram, { ...context, add: true });
}

/** αTᵀT, added to `gram`. */
export async function addContent(
  gram: BlockSymmetricMatrix,
  dataset: Dataset,
  options: { readonly content: number; readonly features: FacetWeights },
  context: FitContext = {},
): Promise<void> {
  if (options.content === 0) return;
  const rows = contentRows(dataset.catalogue, options.features);
  const scale = Math.sqrt(options.content);
  await accumulateGram([sourceOf(rows, () => scale)], gram, {
    ...context,
    add: true,
  });
}

/** `gram` += factor · `other`, e.g. α times the G of content. */
export function addScaled(
  gram: BlockSymmetricMatrix,
  other: BlockSymmetricMatrix,
  factor: number,
): void {
  for (const [p, panel] of gram.panels.entries()) {
    const added = other.panels[p];
    for (let i = 0; i < panel.length; i++) panel[i] += factor * added[i];
  }
}

/** Each person's preference weights, scaled by (their total)^(−β/2); weights of 0 are left out. */
export function userRows(
  dataset: Dataset,
  users: UserRange,
  { weights, userNormalization }: UserRowOptions,
): RowSource {
  const { interactions } = dataset;
  return {
    rows: users.to - users.from,
    entries: interactions.indptr[users.to] - interactions.indptr[users.from],
    fill(row, at, indices, values) {
      const profile = profileOf(interactions, users.from + row);
      return fillPerson(profile, weights, userNormalization, at, indices, values);
    },
  };
}

function fillPerson(
  profile: Profile,
  options: WeightOptions,
  beta: number,
  at: number,
  indices: Uint32Array,
  values: Float32Array,
): number {
  const weights = preferenceWeights(profile, options, scratch(profile.items.length));
  let total = 0;
  for (let p = 0; p < profile.items.length; p++) total += weights[p];
  const scale = total > 0 ? total ** (-beta / 2) : 0;
  for (let p = 0; p < profile.items.length; p++) {
    if (weights[p] === 0) continue;
    indices[at] = profile.items[p];
    values[at++] = weights[p] * scale;
  }
  return at;
}

let kept = new Float32Array(1024);

/** One array for all people: their weights are needed one after the other. */
function scratch(length: number): Float32Array<ArrayBuffer> {
  if (kept.length < length) kept = new Float32Array(2 * length);
  return kept.subarray(0, length);
}
