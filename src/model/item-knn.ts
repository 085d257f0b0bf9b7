/**
 * Item-kNN: titles that the same people like. cos(i, j) = G_ij / √((G_ii + h)(G_jj + h)), G over preference weights,
 * h (damping) against titles that two people happen to share; of each title the k nearest.
 *
 * Other weightings, as in the `implicit` library, take titles as documents and people as their terms (preferences.ts),
 * so that who lists everything says little about any title: `tfidf` and then the cosine, or `bm25` and then the plain
 * product, because BM25 makes up for a title's length itself.
 */
import { type Static, Type } from 'typebox';
import { parseOptions, SlimOptions, WeightOptions } from '../config.ts';
import { transpose } from '../data/csr.ts';
import type { Dataset } from '../data/dataset.ts';
import { accumulateGram } from '../kernel/gram.ts';
import { ColumnPanels } from '../kernel/panels.ts';
import { strongestOfColumns } from '../kernel/strongest.ts';
import { scaledRows } from './grams.ts';
import { ItemWeights } from './item-weights.ts';
import { Bm25Options, preferenceRows, type Weighting, weighRows } from './preferences.ts';
import type { FitContext, RecommenderFactory } from './recommender.ts';
import { SharedWork } from './shared-work.ts';

export const ItemKnnOptions = Type.Object(
  {
    bm25: Bm25Options,
    /** k, titles kept of each title */
    neighbours: Type.Integer({ minimum: 1, default: 100 }),
    /** h, of the cosine with or without TF-IDF */
    damping: Type.Number({ minimum: 0, default: 10 }),
    /** β of DAN's user normalisation, with plain cosine only: the other weightings have the people's IDF for it */
    userNormalization: SlimOptions.properties.userNormalization,
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type ItemKnnOptions = Static<typeof ItemKnnOptions>;

/** Cosines from people's G, which is left as it is. */
export async function itemKnnFromGram(
  gram: ColumnPanels,
  options: Pick<ItemKnnOptions, 'neighbours' | 'damping' | 'weights'>,
  context: FitContext = {},
  name = itemKnn.name,
): Promise<ItemWeights> {
  // without damping, a title that nobody lists is like no other
  const scale = gram
    .diagonal()
    .map((own) => (own + options.damping > 0 ? 1 / Math.sqrt(own + options.damping) : 0));
  return nearest(name, gram, scale, options.neighbours, options.weights, context);
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

/** The factory of one weighting: item-knn, item-knn-tfidf, item-knn-bm25. */
export function itemKnnBy(
  weighting: Weighting,
): RecommenderFactory<Partial<ItemKnnOptions>, ItemWeights> {
  const name = weighting === 'cosine' ? 'item-knn' : `item-knn-${weighting}`;
  return {
    name,
    async fit(dataset, given, context = {}) {
      const options = parseOptions(ItemKnnOptions, given, name);
      const gram = await gramOf(dataset, weighting, options, context);
      if (weighting !== 'bm25') return itemKnnFromGram(gram, options, context, name);
      const ones = new Float32Array(gram.size).fill(1);
      return nearest(name, gram, ones, options.neighbours, options.weights, context);
    },
    load: (folder) => ItemWeights.load(folder, name),
  };
}

/** By the plain cosine. */
export const itemKnn = itemKnnBy('cosine');

async function gramOf(
  dataset: Dataset,
  weighting: Weighting,
  options: ItemKnnOptions,
  context: FitContext,
): Promise<ColumnPanels> {
  if (weighting === 'cosine')
    return (context.work ?? new SharedWork(dataset, context)).peopleGram(options);
  const gram = new ColumnPanels(dataset.items.size);
  const users = context.users ?? dataset.parts.train;
  const people = preferenceRows(dataset, users, options.weights);
  const titles = weighRows(transpose(people), weighting, options.bm25);
  await accumulateGram([scaledRows(transpose(titles))], gram, context);
  return gram;
}
