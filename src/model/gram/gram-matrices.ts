/** G of people and G of content: sums over sparse rows, added to a matrix of all item pairs. */
import type { Dataset, UserRange } from '../../data/dataset.ts';
import { profileOf } from '../../data/interactions.ts';
import { preferenceWeights } from '../../data/weights.ts';
import type { BlockSymmetricMatrix } from '../../linalg/block-symmetric-matrix.ts';
import { accumulateGram, type RowSource, sourceOf } from '../../linalg/gram.ts';
import { contentRows, type FacetWeights } from '../features/features.ts';
import type { FitContext } from '../recommender.ts';
import type { UserRowOptions } from '../shared-grams.ts';

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
  const { indptr } = interactions;
  // Each user's weights in turn: an array for every user would keep the garbage collector busy.
  const scratch = new Float32Array(longestRow(indptr, users));
  return {
    rows: users.to - users.from,
    entries: indptr[users.to] - indptr[users.from],
    fill(row, at, indices, values) {
      const profile = profileOf(interactions, users.from + row);
      const { items } = profile;
      const own = preferenceWeights(profile, weights, scratch);
      let total = 0;
      for (let p = 0; p < items.length; p++) total += own[p];
      const scale = total > 0 ? total ** (-userNormalization / 2) : 0;
      let end = at;
      for (let p = 0; p < items.length; p++) {
        if (own[p] === 0) continue;
        indices[end] = items[p];
        values[end++] = own[p] * scale;
      }
      return end;
    },
  };
}

function longestRow(indptr: Uint32Array, { from, to }: UserRange): number {
  let longest = 0;
  for (let user = from; user < to; user++)
    longest = Math.max(longest, indptr[user + 1] - indptr[user]);
  return longest;
}
