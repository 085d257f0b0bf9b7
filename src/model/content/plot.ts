/**
 * Plot: a vector for each title, made of what is known about it and of nobody's ratings.
 *
 *   lsa         latent semantic analysis (Deerwester et al. 1990) of the content rows: F = UΣWᵀ, a title is its row of UΣ
 *               at the largest singular values. Titles are alike whose synopses use other words of the same kind.
 *   sentences   the synopsis alone, read by a sentence transformer (sentences.ts), less the mean of all synopses: what
 *               all synopses have in common does not distinguish titles.
 */
import { type Static, Type } from 'typebox';
import { WeightOptions } from '../../config/model-options.ts';
import type { Catalogue } from '../../data/anime.ts';
import { truncatedSvd } from '../../linalg/truncated-svd.ts';
import { defineModel } from '../define-model.ts';
import { itemFeatures } from '../features/features.ts';
import type { FitContext } from '../recommender.ts';
import { TitleVectors } from '../title-vectors.ts';
import { ContentFeatures } from './content.ts';
import { openSentenceEncoder } from './sentence-encoder.ts';
import { SentenceOptions, sentenceVectors, type TextVectors } from './sentences.ts';

export const PlotOptions = Type.Object(
  {
    vectors: Type.Union([Type.Literal('lsa'), Type.Literal('sentences')], { default: 'lsa' }),
    sentences: SentenceOptions,
    /** of lsa */
    dimensions: Type.Integer({ minimum: 1, default: 128 }),
    /** of the subspace iteration; see linalg/truncated-svd.ts */
    oversampling: Type.Integer({ minimum: 0, default: 16 }),
    iterations: Type.Integer({ minimum: 1, default: 4 }),
    seed: Type.Integer({ default: 42 }),
    features: ContentFeatures,
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type PlotOptions = Static<typeof PlotOptions>;

/** @param open how a sentence transformer is opened */
export function plotBy(open = openSentenceEncoder) {
  return defineModel({
    name: 'plot',
    options: PlotOptions,
    sharedOptions: ['weights', 'features'],
    async fit(dataset, options, context) {
      const { catalogue } = dataset;
      const { vectors, dimensions } =
        options.vectors === 'lsa'
          ? latent(catalogue, options, context)
          : await synopses(catalogue, options, context, open);
      return new TitleVectors('plot', vectors, dimensions, options.weights);
    },
    load: (folder) => TitleVectors.load(folder, 'plot'),
  });
}

export const plot = plotBy();

function latent(
  catalogue: Catalogue,
  { dimensions, features, oversampling, iterations, seed }: PlotOptions,
  { progress, signal }: FitContext,
): TextVectors {
  const rows = itemFeatures(catalogue, features);
  const how = { oversampling, iterations, seed, progress, signal };
  const svd = truncatedSvd(rows, { ...how, rank: dimensions });
  if (svd.rank === 0) return { vectors: new Float32Array(rows.rows), dimensions: 1 };
  const vectors = svd.left.map((value, at) => value * svd.values[at % svd.rank]);
  return { vectors, dimensions: svd.rank };
}

async function synopses(
  catalogue: Catalogue,
  { sentences }: PlotOptions,
  context: FitContext,
  open: typeof openSentenceEncoder,
): Promise<TextVectors> {
  const texts = catalogue.map(({ synopsis }) => synopsis ?? '');
  const { vectors, dimensions } = await sentenceVectors(texts, sentences, context, open);
  subtractMean(vectors, dimensions);
  return { vectors, dimensions };
}

/** Of the rows that are not all zeros, in place; those stay zeros. */
function subtractMean(vectors: Float32Array, dimensions: number): void {
  const rows: Float32Array[] = [];
  for (let at = 0; at < vectors.length; at += dimensions) {
    const row = vectors.subarray(at, at + dimensions);
    if (row.some((value) => value !== 0)) rows.push(row);
  }
  // a single text is not made nothing
  if (rows.length < 2) return;
  for (let d = 0; d < dimensions; d++) {
    let sum = 0;
    for (const row of rows) sum += row[d];
    for (const row of rows) row[d] -= sum / rows.length;
  }
}
