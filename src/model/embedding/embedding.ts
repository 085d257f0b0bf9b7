/**
 * The embedding network of public anime recommenders: a vector for every person and every title, their cosine through
 * dense(1), batch normalisation and a sigmoid as the predicted (scaled) rating. network.ts and training.ts train it;
 * fold-in.ts scores users whom it was not trained on.
 */
import { join } from 'node:path';
import type { Profile } from '../../data/interactions.ts';
import { writeSafetensors } from '../../home/safetensors.ts';
import { RowTable } from '../../linalg/row-table.ts';
import { defineModel } from '../define-model.ts';
import { readModelFile } from '../model-file.ts';
import type { Ranked, Recommender, TitlePoints } from '../recommender.ts';
import { topOthers } from '../top.ts';
import { dot, FoldIn, type Line } from './fold-in.ts';
import { headLine } from './network.ts';
import { EmbeddingOptions } from './options.ts';
import { type Trained, trainEmbedding } from './training.ts';

/** What serving needs of a trained network. Of users it holds only their mean direction. */
export interface EmbeddingWeights {
  /** unit vectors, items × dimension */
  readonly titles: Float32Array;
  /** unit vector */
  readonly mean: Float32Array;
  readonly line: Line;
  readonly options: EmbeddingOptions;
}

export class Embedding implements Recommender {
  readonly name = 'embedding';
  readonly items: number;
  readonly #titles: RowTable;
  readonly #foldIn: FoldIn;

  constructor(readonly weights: EmbeddingWeights) {
    const { titles, mean, line, options } = weights;
    this.items = titles.length / options.dimension;
    this.#titles = new RowTable(titles, options.dimension);
    this.#foldIn = new FoldIn(this.#titles, mean, line, options);
  }

  /** The logit of each title's prediction: the same order, but distinct where predictions would round to 1. */
  score(profile: Profile): Float32Array {
    this.#foldIn.solve(profile);
    const { slope, offset } = this.weights.line;
    const scores = this.#titles.allProducts();
    for (let item = 0; item < scores.length; item++) scores[item] = slope * scores[item] + offset;
    return scores;
  }

  get dimension(): number {
    return this.weights.options.dimension;
  }

  get titlePoints(): TitlePoints {
    return { vectors: this.weights.titles, dimensions: this.dimension };
  }

  /** The user's vector in the space of the titles, of length 1. */
  vectorOf(profile: Profile): Float32Array {
    this.#foldIn.solve(profile);
    return this.#titles.vector.slice();
  }

  /** By cosine of the titles' vectors. */
  similarItems(item: number, k: number): Ranked {
    const { dimension } = this.weights.options;
    const { table, vector } = this.#titles;
    vector.set(table.subarray(item * dimension, (item + 1) * dimension));
    const cosines = this.#titles.allProducts();
    return topOthers(cosines, item, k);
  }

  /** Writes embedding.safetensors. */
  async save(folder: string): Promise<void> {
    const { titles, mean, line, options } = this.weights;
    await writeSafetensors(
      join(folder, FILE),
      {
        titles: { shape: [this.items, options.dimension], data: titles },
        mean: { shape: [options.dimension], data: mean },
      },
      { format: FORMAT, options: JSON.stringify(options), line: JSON.stringify(line) },
    );
  }

  /** @throws ArtefactError when the file is truncated, altered or not what `save` writes */
  static async load(folder: string): Promise<Embedding> {
    const path = join(folder, FILE);
    return readModelFile(
      path,
      { format: FORMAT, schema: EmbeddingOptions },
      async (file, options) => {
        const line = lineOf(file.metadata.line);
        const titles = await file.read('titles', Float32Array);
        const mean = await file.read('mean', Float32Array);
        const whole = titles.length > 0 && titles.length % options.dimension === 0;
        if (!whole || mean.length !== options.dimension)
          throw new RangeError(`vectors of ${options.dimension} expected`);
        if (!titles.every(Number.isFinite) || !mean.every(Number.isFinite))
          throw new RangeError('a weight is not a number');
        return new Embedding({ titles, mean, line, options });
      },
    );
  }
}

export const embedding = defineModel({
  name: 'embedding',
  options: EmbeddingOptions,
  async fit(dataset, options, context) {
    return new Embedding(weightsOf(await trainEmbedding(dataset, options, context), options));
  },
  load: (folder) => Embedding.load(folder),
});

const FILE = 'embedding.safetensors';
const FORMAT = 'osusume-embedding-1';

function weightsOf({ vectors, head, people }: Trained, options: EmbeddingOptions) {
  const { dimension } = options;
  const unit = vectors.slice();
  for (let at = 0; at < unit.length; at += dimension) normalize(unit.subarray(at, at + dimension));
  const sum = new Float64Array(dimension);
  for (let at = 0; at < people * dimension; at++) sum[at % dimension] += unit[at];
  const mean = normalize(Float32Array.from(sum));
  return { titles: unit.slice(people * dimension), mean, line: headLine(head), options };
}

function normalize(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  for (let k = 0; k < vector.length; k++) vector[k] /= length || 1;
  return vector;
}

/** @throws RangeError when it is not a line in JSON */
function lineOf(text: string): Line {
  try {
    const line = JSON.parse(text) as Line;
    if (Number.isFinite(line.slope) && Number.isFinite(line.offset)) return line;
  } catch {
    // falls through to the error below
  }
  throw new RangeError('its metadata has no readable head');
}
