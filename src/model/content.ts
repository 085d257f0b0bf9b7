/** Content: titles that are like the liked ones, by cosine of their feature vectors (features.ts). Needs nobody's ratings. */
import { type Static, Type } from 'typebox';
import { FeatureOptions, WeightOptions } from '../config.ts';
import { nearest } from './item-knn.ts';
import { ItemWeights } from './item-weights.ts';
import type { RecommenderFactory } from './recommender.ts';
import { SharedWork } from './shared-work.ts';

export const ContentOptions = Type.Object(
  {
    features: FeatureOptions,
    neighbours: Type.Integer({ minimum: 1, default: 100 }),
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type ContentOptions = Static<typeof ContentOptions>;

export const content: RecommenderFactory<ContentOptions, ItemWeights> = {
  name: 'content',
  async fit(dataset, { features, neighbours, weights }, context = {}) {
    const work = context.work ?? new SharedWork(dataset, context);
    const similarity = await work.contentGram(features);
    return nearest(
      'content',
      similarity,
      new Float32Array(similarity.size).fill(1),
      neighbours,
      weights,
      context,
    );
  },
  load: (folder) => ItemWeights.load(folder, 'content'),
};
