/** Content: titles that are like the liked ones, by cosine of their feature vectors (features.ts). Needs nobody's ratings. */
import type { FeatureOptions, WeightOptions } from '../config.ts';
import { ColumnPanels } from '../kernel/panels.ts';
import { addContent } from './ease.ts';
import { nearest } from './item-knn.ts';
import { ItemWeights } from './item-weights.ts';
import type { RecommenderFactory } from './recommender.ts';

export interface ContentOptions {
  readonly features: FeatureOptions;
  readonly neighbours: number;
  readonly weights: WeightOptions;
}

export const content: RecommenderFactory<ContentOptions, ItemWeights> = {
  name: 'content',
  async fit(dataset, { features, neighbours, weights }, context = {}) {
    const similarity = new ColumnPanels(dataset.items.size);
    await addContent(similarity, dataset, { content: 1, features }, context);
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
