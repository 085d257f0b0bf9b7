/**
 * Item-kNN: titles that the same people like. cos(i, j) = G_ij / √((G_ii + h)(G_jj + h)), G over preference weights,
 * h (damping) against titles that two people happen to share; of each title the k nearest.
 *
 * Other weightings, as in the `implicit` library, take titles as documents and people as their terms (preferences.ts),
 * so that who lists everything says little about any title: `tfidf` and then the cosine, or `bm25` and then the plain
 * product, because BM25 makes up for a title's length itself.
 *
 * Each title's column of kept similarities may then be divided by a power of its sum:
 *
 *   w_ij = s_ij / (Σ_i |s_ij|)^ν                  ν = 0: scores are sums; ν = 1: weighted means, as of ratings
 *
 * and weights be counted from the mean µ of all people, as ratings are (x_i = 0 where i is not on the list):
 *
 *   score_j = µ_j + Σ_i (x_i − µ_i) · w_ij         µ_i = Σ_u x_ui / people
 *
 * ν = 1 and means together are the item-kNN of published tables on implicit data (docs/models.md).
 */
import { type Static, Type } from 'typebox';
import { SlimOptions, WeightOptions } from '../../config/model-options.ts';
import { transpose } from '../../data/csr.ts';
import type { Dataset } from '../../data/dataset.ts';
import { BlockSymmetricMatrix } from '../../linalg/block-symmetric-matrix.ts';
import { accumulateGram, sourceOf } from '../../linalg/gram.ts';
import { defineModel } from '../define-model.ts';
import { GramCache } from '../gram/gram-cache.ts';
import { ItemWeights } from '../item-weights/item-weights.ts';
import { type NearestOptions, nearestItems } from '../item-weights/nearest-items.ts';
import { Bm25Options, preferenceRows, type Weighting, weighRows } from '../preferences.ts';
import type { FitContext } from '../recommender.ts';

export const ItemKnnOptions = Type.Object(
  {
    bm25: Bm25Options,
    /** k, titles kept of each title */
    neighbours: Type.Integer({ minimum: 1, default: 100 }),
    /** h, of the cosine with or without TF-IDF */
    damping: Type.Number({ minimum: 0, default: 10 }),
    /** β of DAN's user normalisation, with plain cosine only: the other weightings have the people's IDF for it */
    userNormalization: SlimOptions.properties.userNormalization,
    /** ν */
    normalization: Type.Number({ minimum: 0, maximum: 1, default: 0 }),
    /** whether weights count from µ */
    centred: Type.Boolean({ default: false }),
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type ItemKnnOptions = Static<typeof ItemKnnOptions>;

/** Cosines from people's G, which is left as it is. */
export async function itemKnnFromGram(
  gram: BlockSymmetricMatrix,
  options: NearestOptions & Pick<ItemKnnOptions, 'damping'>,
  context: FitContext = {},
  name = 'item-knn',
): Promise<ItemWeights> {
  // without damping, a title that nobody lists is like no other
  const scale = gram
    .diagonal()
    .map((own) => (own + options.damping > 0 ? 1 / Math.sqrt(own + options.damping) : 0));
  return nearestItems(name, gram, scale, options, context);
}

/** The factory of one weighting: item-knn, item-knn-tfidf, item-knn-bm25. */
export function itemKnnBy(weighting: Weighting) {
  const name = weighting === 'cosine' ? 'item-knn' : `item-knn-${weighting}`;
  return defineModel({
    name,
    options: ItemKnnOptions,
    // the other weightings make a G of their own
    sharedOptions: weighting === 'cosine' ? ['weights', 'userNormalization'] : ['weights'],
    async fit(dataset, options, context) {
      const gram = await gramOf(dataset, weighting, options, context);
      const means = options.centred ? meanPreferences(dataset, options, context) : undefined;
      const how = { ...options, means };
      if (weighting !== 'bm25') return itemKnnFromGram(gram, how, context, name);
      return nearestItems(name, gram, new Float32Array(gram.size).fill(1), how, context);
    },
    load: (folder) => ItemWeights.load(folder, name),
  });
}

/** By the plain cosine. */
export const itemKnn = itemKnnBy('cosine');

/** µ */
function meanPreferences(
  dataset: Dataset,
  { weights }: ItemKnnOptions,
  { users = dataset.parts.train }: FitContext,
): Float32Array {
  const people = preferenceRows(dataset, users, weights);
  const sums = new Float64Array(people.columns);
  for (let p = 0; p < people.indices.length; p++) sums[people.indices[p]] += people.values[p];
  return Float32Array.from(sums, (sum) => sum / Math.max(1, people.rows));
}

async function gramOf(
  dataset: Dataset,
  weighting: Weighting,
  options: ItemKnnOptions,
  context: FitContext,
): Promise<BlockSymmetricMatrix> {
  if (weighting === 'cosine')
    return (context.grams ?? new GramCache(dataset, context)).userGram(options);
  const gram = new BlockSymmetricMatrix(dataset.items.size);
  const users = context.users ?? dataset.parts.train;
  const people = preferenceRows(dataset, users, options.weights);
  const titles = weighRows(transpose(people), weighting, options.bm25);
  await accumulateGram([sourceOf(transpose(titles))], gram, context);
  return gram;
}
