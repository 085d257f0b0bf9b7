/**
 * EASE (Steck 2019) as a hybrid in one closed-form solve:
 *
 *   G = XᵀD^(−β)X + αTᵀT      people by their preference weights X, D = a person's total weight (DAN 2025);
 *                             content features T × items (CEASE, Jeunen et al. 2020)
 *   A = G + λI + p/(1−p)·diag(G)                                   (EDLAE's dropout p, Steck 2020)
 *   P = A⁻¹,  B = −P / diag(P) column by column,  diag(B) = 0;  scores = x·B
 *
 * Of each column of B only the strongest entries are kept.
 */
import type { EaseOptions, WeightOptions } from '../config.ts';
import { type Csr, transpose } from '../data/csr.ts';
import type { Dataset, UserRange } from '../data/dataset.ts';
import { type Profile, profileOf } from '../data/interactions.ts';
import { preferenceWeights } from '../data/weights.ts';
import { accumulateGram, type RowSource } from '../kernel/gram.ts';
import { invert } from '../kernel/inverse.ts';
import { ColumnPanels } from '../kernel/panels.ts';
import { strongestOfColumns } from '../kernel/strongest.ts';
import { contentRows } from './features.ts';
import { ItemWeights } from './item-weights.ts';
import type { FitContext, RecommenderFactory } from './recommender.ts';

export type PeopleOptions = Pick<EaseOptions, 'weights' | 'userNormalization'>;

/** XᵀD^(−β)X over some people: added to `gram`. */
export function addPeople(
  gram: ColumnPanels,
  dataset: Dataset,
  users: UserRange,
  options: PeopleOptions,
  context: FitContext = {},
): Promise<void> {
  return accumulateGram([peopleRows(dataset, users, options)], gram, { ...context, add: true });
}

/** αTᵀT, added to `gram`. */
export async function addContent(
  gram: ColumnPanels,
  dataset: Dataset,
  options: Pick<EaseOptions, 'content' | 'features'>,
  context: FitContext = {},
): Promise<void> {
  if (options.content === 0) return;
  const rows = contentRows(dataset.catalogue, options.features);
  await accumulateGram([scaledRows(rows, Math.sqrt(options.content))], gram, {
    ...context,
    add: true,
  });
}

/** B from G; `gram` is overwritten. */
export async function solveEase(
  gram: ColumnPanels,
  options: EaseOptions,
  context: FitContext = {},
): Promise<ItemWeights> {
  for (let i = 0; i < gram.size; i++) {
    const own = gram.get(i, i);
    gram.set(i, i, own + options.regularization + (options.dropout / (1 - options.dropout)) * own);
  }
  await invert(gram, context);
  const diagonal = gram.diagonal();
  const columns = await strongestOfColumns(gram, options.neighbours, context);
  for (let c = 0; c < columns.rows; c++) {
    for (let p = columns.indptr[c]; p < columns.indptr[c + 1]; p++)
      columns.values[p] /= -diagonal[c];
  }
  return new ItemWeights('ease', transpose(columns), options.weights);
}

export const ease: RecommenderFactory<EaseOptions, ItemWeights> = {
  name: 'ease',
  async fit(dataset, options, context = {}) {
    const gram = new ColumnPanels(dataset.items.size);
    await addPeople(gram, dataset, context.users ?? dataset.parts.train, options, context);
    await addContent(gram, dataset, options, context);
    return solveEase(gram, options, context);
  },
  load: (folder) => ItemWeights.load(folder, 'ease'),
};

/** Each person's preference weights, scaled by (their total)^(−β/2); weights of 0 are left out. */
export function peopleRows(
  dataset: Dataset,
  users: UserRange,
  { weights, userNormalization }: PeopleOptions,
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

function scaledRows(
  { rows, indptr, indices: columns, values: entries }: Csr,
  scale: number,
): RowSource {
  return {
    rows,
    entries: entries.length,
    fill(row, at, indices, values) {
      for (let p = indptr[row]; p < indptr[row + 1]; p++) {
        indices[at] = columns[p];
        values[at++] = entries[p] * scale;
      }
      return at;
    },
  };
}
