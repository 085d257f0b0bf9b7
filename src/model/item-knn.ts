/**
 * Item-kNN: titles that the same people like. cos(i, j) = G_ij / √((G_ii + h)(G_jj + h)), G over preference weights,
 * h (damping) against titles that two people happen to share; of each title the k nearest.
 */
import { type Static, Type } from 'typebox';
import { EaseOptions, WeightOptions } from '../config.ts';
import { transpose } from '../data/csr.ts';
import type { ColumnPanels } from '../kernel/panels.ts';
import { strongestOfColumns } from '../kernel/strongest.ts';
import { ItemWeights } from './item-weights.ts';
import type { FitContext, RecommenderFactory } from './recommender.ts';
import { SharedWork } from './shared-work.ts';

/** A baseline, and the source of "people who like this": not tuned. */
export const ItemKnnOptions = Type.Object(
  {
    neighbours: Type.Integer({ minimum: 1, default: 100 }),
    damping: Type.Number({ minimum: 0, default: 10 }),
    userNormalization: EaseOptions.properties.userNormalization,
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type ItemKnnOptions = Static<typeof ItemKnnOptions>;

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
    const work = context.work ?? new SharedWork(dataset, context);
    return itemKnnFromGram(await work.peopleGram(options), options, context);
  },
  load: (folder) => ItemWeights.load(folder, 'item-knn'),
};
