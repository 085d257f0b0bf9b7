/**
 * Titles as vectors of length 1, whatever they were made of: score[j] = Σ_i x_i · cos(i, j), x = the profile's
 * preference weights. The sum is taken over the profile first, so that a person costs one dense product.
 */
import { join } from 'node:path';
import { WeightOptions } from '../config/model-options.ts';
import type { Profile } from '../data/interactions.ts';
import { preferenceWeights } from '../data/weights.ts';
import { writeSafetensors } from '../home/safetensors.ts';
import { RowTable } from '../linalg/row-table.ts';
import { DIMENSION_STEP } from '../linalg/wasm/embedding-kernels.ts';
import { readModelFile } from './model-file.ts';
import type { Ranked, Recommender, TitlePoints } from './recommender.ts';
import { topOthers } from './top.ts';

export class TitleVectors implements Recommender {
  readonly items: number;
  readonly #vectors: Float32Array;
  /** the vectors, with zeros up to a dimension that the kernels take */
  readonly #table: RowTable;

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
    this.#table = paddedTable(this.#vectors, dimensions);
  }

  get titlePoints(): TitlePoints {
    return { vectors: this.#vectors, dimensions: this.dimensions };
  }

  /** Of length 1, or all zeros: nothing is known about the title. */
  vectorOf(item: number): Float32Array {
    return this.#vectors.slice(item * this.dimensions, (item + 1) * this.dimensions);
  }

  score(profile: Profile): Float32Array {
    const table = this.#table;
    const { length } = profile.items;
    table.rows.set(profile.items);
    table.weights.set(preferenceWeights(profile, this.options));
    table.weightedSum(length);
    table.vector.set(table.sum);
    return table.allProducts();
  }

  similarItems(item: number, k: number): Ranked {
    this.#table.vector.set(this.vectorOf(item));
    const cosines = this.#table.allProducts();
    return topOthers(cosines, item, k);
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
    return readModelFile(path, { format: FORMAT, schema: WeightOptions }, async (file, options) => {
      const [, dimensions] = file.shape('vectors');
      return new TitleVectors(name, await file.read('vectors', Float32Array), dimensions, options);
    });
  }
}

const FORMAT = 'osusume-title-vectors-1';

function paddedTable(vectors: Float32Array, dimensions: number): RowTable {
  const padded = DIMENSION_STEP * Math.ceil(dimensions / DIMENSION_STEP);
  const rows = vectors.length / dimensions;
  const table = new Float32Array(rows * padded);
  for (let row = 0; row < rows; row++)
    table.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), row * padded);
  return new RowTable(table, padded);
}

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
