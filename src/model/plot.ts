/**
 * Plot: latent semantic analysis (Deerwester et al. 1990) of the content rows. F = UΣWᵀ, and a title is its row of UΣ
 * at the largest singular values: titles are alike whose synopses use other words of the same kind.
 */
import { type Static, Type } from 'typebox';
import { parseOptions, WeightOptions } from '../config.ts';
import { truncatedSvd } from '../kernel/truncated-svd.ts';
import { ContentFeatures } from './content.ts';
import { itemFeatures } from './features.ts';
import type { RecommenderFactory } from './recommender.ts';
import { TitleVectors } from './title-vectors.ts';

export const PlotOptions = Type.Object(
  {
    dimensions: Type.Integer({ minimum: 1, default: 128 }),
    /** of the subspace iteration; see kernel/truncated-svd.ts */
    oversampling: Type.Integer({ minimum: 0, default: 16 }),
    iterations: Type.Integer({ minimum: 1, default: 4 }),
    seed: Type.Integer({ default: 42 }),
    features: ContentFeatures,
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type PlotOptions = Static<typeof PlotOptions>;

export const plot: RecommenderFactory<Partial<PlotOptions>, TitleVectors> = {
  name: 'plot',
  async fit(dataset, given, { progress, signal } = {}) {
    const { dimensions, weights, features, ...how } = parseOptions(PlotOptions, given, 'plot');
    const rows = itemFeatures(dataset.catalogue, features);
    const svd = truncatedSvd(rows, { ...how, rank: dimensions, progress, signal });
    if (svd.rank === 0) return new TitleVectors('plot', new Float32Array(rows.rows), 1, weights);
    const vectors = svd.left.map((value, at) => value * svd.values[at % svd.rank]);
    return new TitleVectors('plot', vectors, svd.rank, weights);
  },
  load: (folder) => TitleVectors.load(folder, 'plot'),
};
