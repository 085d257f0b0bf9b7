/**
 * Item-kNN: titles that the same people like. cos(i, j) = G_ij / √((G_ii + h)(G_jj + h)), G over preference weights,
 * h (damping) against titles that two people happen to share; of each title the k nearest.
 */

import type { WeightOptions } from '../config.ts';
import { transpose } from '../data/csr.ts';
import { ColumnPanels } from '../kernel/panels.ts';
import { strongestOfColumns } from '../kernel/strongest.ts';
import { addPeople, type PeopleOptions } from './ease.ts';
import { ItemWeights } from './item-weights.ts';
import type { FitContext, RecommenderFactory } from './recommender.ts';

export interface ItemKnnOptions extends PeopleOptions {
  readonly neighbours: number;
  readonly damping: number;
}

/** Cosines from people's G, which is left as it is. */
export async function itemKnnFromGram(
  gram: ColumnPanels,
  options: Omit<ItemKnnOptions, 'userNormalization'>,
  context: FitContext = {},
): Promise<ItemWeights> {
  const scale = gram.diagonal().map((own) => 1 / Math.sqrt(own + options.damping));
  return nearest('item-knn', gram, scale, options.neighbours, options.weights, context);
}

/** The k nearest of every title by S_ij · scale_i · scale_j. */
export async function nearest(
  name: string,
  similarity: ColumnPanels,
  scale: Float32Array,
  k: number,
  weights: WeightOptions,
  context: FitContext = {},
): Promise<ItemWeights> {
  const columns = await strongestOfColumns(similarity, k, { ...context, scale });
  for (let c = 0; c < columns.rows; c++) {
    for (let p = columns.indptr[c]; p < columns.indptr[c + 1]; p++) columns.values[p] *= scale[c];
  }
  return new ItemWeights(name, transpose(columns), weights);
}

export const itemKnn: RecommenderFactory<ItemKnnOptions, ItemWeights> = {
  name: 'item-knn',
  async fit(dataset, options, context = {}) {
    const gram = new ColumnPanels(dataset.items.size);
    await addPeople(gram, dataset, context.users ?? dataset.parts.train, options, context);
    return itemKnnFromGram(gram, options, context);
  },
  load: (folder) => ItemWeights.load(folder, 'item-knn'),
};
