/**
 * Titles as vectors of length 1, whatever they were made of: score[j] = Σ_i x_i · cos(i, j), x = the profile's
 * preference weights. The sum is taken over the profile first, so that a person costs one dense product.
 */
import { join } from 'node:path';
import { WeightOptions } from '../config.ts';
import type { Profile } from '../data/interactions.ts';
import { preferenceWeights } from '../data/weights.ts';
import { ArtefactError } from '../error.ts';
import { SafetensorsFile, writeSafetensors } from '../home/safetensors.ts';
import { readOptions } from './csr-file.ts';
import type { Ranked, Recommender } from './recommender.ts';
import { topItems } from './top.ts';

export class TitleVectors implements Recommender {
  readonly items: number;
  readonly #vectors: Float32Array;

  /**
   * @param vectors items × dimensions, row-major; scaled to length 1 here, zeros stay zeros
   * @throws RangeError when they are not whole rows of finite numbers
   */
  constructor(
    readonly name: string,
    vectors: Float32Array,
    readonly dimensions: number,
    readonly options: WeightOptions,
  ) {
    if (!(dimensions > 0) || vectors.length % dimensions !== 0)
      throw new RangeError(`"${name}": ${vectors.length} numbers are no rows of ${dimensions}`);
    if (!vectors.every(Number.isFinite))
      throw new RangeError(`"${name}": a vector has a number that is not finite`);
    this.items = vectors.length / dimensions;
    this.#vectors = unitRows(vectors, dimensions);
  }

  /** Of length 1, or all zeros: nothing is known about the title. */
  vectorOf(item: number): Float32Array {
    return this.#vectors.slice(item * this.dimensions, (item + 1) * this.dimensions);
  }

  score(profile: Profile): Float32Array {
    const weights = preferenceWeights(profile, this.options);
    const taste = new Float64Array(this.dimensions);
    for (let p = 0; p < weights.length; p++) {
      const at = profile.items[p] * this.dimensions;
      for (let d = 0; d < taste.length; d++) taste[d] += weights[p] * this.#vectors[at + d];
    }
    return this.#productsWith(taste);
  }

  similarItems(item: number, k: number): Ranked {
    const cosines = this.#productsWith(Float64Array.from(this.vectorOf(item)));
    cosines[item] = Number.NEGATIVE_INFINITY;
    return topItems(cosines, k);
  }

  /** Writes `<name>.safetensors`: the vectors, and the weight options in its metadata. */
  async save(folder: string): Promise<void> {
    await writeSafetensors(
      join(folder, `${this.name}.safetensors`),
      { vectors: { shape: [this.items, this.dimensions], data: this.#vectors } },
      { format: FORMAT, options: JSON.stringify(this.options) },
    );
  }

  /** @throws ArtefactError when the file is truncated, altered or not what `save` writes */
  static async load(folder: string, name: string): Promise<TitleVectors> {
    const path = join(folder, `${name}.safetensors`);
    const file = await SafetensorsFile.open(path);
    try {
      const options = readOptions(path, file.metadata, FORMAT, WeightOptions);
      const [, dimensions] = file.shape('vectors');
      return new TitleVectors(name, await file.read('vectors', Float32Array), dimensions, options);
    } catch (error) {
      if (error instanceof RangeError)
        throw new ArtefactError(`${path} is altered: ${error.message}`);
      throw error;
    } finally {
      await file.close();
    }
  }

  #productsWith(taste: Float64Array): Float32Array {
    const { length } = taste;
    const vectors = this.#vectors;
    const products = new Float32Array(this.items);
    for (let item = 0, at = 0; item < products.length; item++, at += length) {
      let even = 0;
      let odd = 0;
      let d = 0;
      // two sums that do not wait for each other
      for (; d + 1 < length; d += 2) {
        even += taste[d] * vectors[at + d];
        odd += taste[d + 1] * vectors[at + d + 1];
      }
      if (d < length) even += taste[d] * vectors[at + d];
      products[item] = even + odd;
    }
    return products;
  }
}

const FORMAT = 'osusume-title-vectors-1';

/** Rows that have length 1 already are kept to the bit, so that loading changes nothing. */
function unitRows(vectors: Float32Array, dimensions: number): Float32Array {
  const unit = vectors.slice();
  for (let at = 0; at < unit.length; at += dimensions) {
    let squares = 0;
    for (let d = 0; d < dimensions; d++) squares += unit[at + d] ** 2;
    if (squares === 0 || Math.abs(squares - 1) < 1e-6) continue;
    for (let d = 0; d < dimensions; d++) unit[at + d] /= Math.sqrt(squares);
  }
  return unit;
}
