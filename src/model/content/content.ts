/** Content: titles that are like the liked ones, by cosine of their TF-IDF vectors (features.ts). Needs nobody's ratings. */
import { type Static, Type } from 'typebox';
import { FeatureOptions, WeightOptions } from '../../config/model-options.ts';
import { defineModel } from '../define-model.ts';
import { GramCache } from '../gram/gram-cache.ts';
import { ItemWeights } from '../item-weights/item-weights.ts';
import { nearestItems } from '../item-weights/nearest-items.ts';

/** The facets of the solve, and the season. */
export const ContentFeatures = Type.Object(
  {
    ...FeatureOptions.properties,
    season: Type.Optional(Type.Number({ minimum: 0, default: 0.3 })),
  },
  { additionalProperties: false, default: {} },
);

export const ContentOptions = Type.Object(
  {
    features: ContentFeatures,
    /** titles kept of each title */
    neighbours: Type.Integer({ minimum: 1, default: 100 }),
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type ContentOptions = Static<typeof ContentOptions>;

export const content = defineModel({
  name: 'content',
  options: ContentOptions,
  sharedOptions: ['weights', 'features'],
  async fit(dataset, { features, neighbours, weights }, context) {
    const grams = context.grams ?? new GramCache(dataset, context);
    const similarity = await grams.contentGram(features);
    return nearestItems(
      'content',
      similarity,
      new Float32Array(similarity.size).fill(1),
      { neighbours, weights },
      context,
    );
  },
  load: (folder) => ItemWeights.load(folder, 'content'),
});
