/**
 * iALS: implicit alternating least squares (Hu, Koren, Volinsky 2008) in the form of Rendle et al. 2021. The objective
 * is in linalg/als.ts; an entry's confidence c is its preference weight, and its target is 1.
 *
 * No user factors are kept: each profile is folded in by one exact ridge regression on the item factors, so users the
 * model was not trained on are scored like everybody else.
 */
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { WeightOptions } from '../../config/model-options.ts';
import { parseOptions } from '../../config/parse-options.ts';
import type { Profile } from '../../data/interactions.ts';
import { preferenceWeights } from '../../data/weights.ts';
import { writeSafetensors } from '../../home/safetensors.ts';
import { AlternatingSweeps, ridgeOf } from '../../linalg/als.ts';
import { FoldIn } from '../../linalg/fold-in.ts';
import { NO_PROGRESS } from '../../progress.ts';
import { defineModel } from '../define-model.ts';
import { userRows } from '../gram/gram-matrices.ts';
import { HIDDEN } from '../mask.ts';
import { readModelFile } from '../model-file.ts';
import type { Ranked, Recommender, TitlePoints } from '../recommender.ts';
import { topOthers } from '../top.ts';

export const IalsOptions = Type.Object(
  {
    /** entries of a factor */
    factors: Type.Integer({ minimum: 1, maximum: 1024, default: 128 }),
    /** λ */
    regularization: Type.Number({ exclusiveMinimum: 0, default: 0.003 }),
    /** α₀, the weight of a title that is not on a list */
    alpha: Type.Number({ exclusiveMinimum: 0, default: 0.3 }),
    /** ν: λ counts (entries + α₀ · everyone)^ν times */
    nu: Type.Number({ minimum: 0, maximum: 2, default: 1 }),
    /** sweeps over people and titles */
    iterations: Type.Integer({ minimum: 1, default: 16 }),
    /** of preconditioned conjugate gradient, a row and half-sweep */
    steps: Type.Integer({ minimum: 1, default: 2 }),
    seed: Type.Integer({ default: 42 }),
    weights: WeightOptions,
  },
  { additionalProperties: false, default: {} },
);
export type IalsOptions = Static<typeof IalsOptions>;

/** @throws UsageError that names the field */
export function parseIalsOptions(value: unknown): IalsOptions {
  return parseOptions(IalsOptions, value, 'train.models.ials');
}

/** What folding a person in depends on. */
export type FoldInOptions = Pick<IalsOptions, 'regularization' | 'alpha' | 'nu' | 'weights'>;

const FoldInOptionsSchema = Type.Pick(IalsOptions, ['regularization', 'alpha', 'nu', 'weights']);
const NAME = 'ials';
const FILE = 'ials.safetensors';
const FORMAT = 'osusume-ials-1';

export class Ials implements Recommender {
  readonly name = NAME;
  readonly #people: FoldIn;
  /** 1 / |v|, or 0 for an item without a factor */
  readonly #inverseLengths: Float32Array;

  /**
   * @param factors V, items × size, row-major
   * @throws RangeError when the shape does not fit or a value is not finite
   */
  constructor(
    readonly factors: Float32Array,
    readonly items: number,
    readonly size: number,
    readonly options: FoldInOptions,
  ) {
    if (factors.length !== items * size)
      throw new RangeError(`Ials: ${factors.length} factors, expected ${items} × ${size}`);
    if (!factors.every(Number.isFinite)) throw new RangeError('Ials: a factor is not finite');
    this.#people = new FoldIn(factors, items, size, options.alpha);
    this.#inverseLengths = Float32Array.from({ length: items }, (_, item) => {
      const length = Math.hypot(...this.#people.factor(item));
      return length > 0 ? 1 / length : 0;
    });
  }

  get titlePoints(): TitlePoints {
    return { vectors: this.factors, dimensions: this.size };
  }

  score(profile: Profile): Float32Array {
    return this.#people.score(this.foldIn(profile));
  }

  /** The person's factor; 0 for an empty profile. */
  foldIn(profile: Profile): Float64Array {
    const weights = preferenceWeights(profile, this.options.weights);
    let entries = 0;
    for (const weight of weights) if (weight > 0) entries++;
    if (entries === 0) return new Float64Array(this.size);
    const ridge = ridgeOf(this.options, entries, this.items);
    return this.#people.solve({ items: profile.items, weights }, ridge);
  }

  /** By cosine of the factors; only titles whose cosine is above 0. */
  similarItems(item: number, k: number): Ranked {
    const cosines = this.#people.score(this.#people.factor(item));
    const own = this.#inverseLengths[item];
    for (let j = 0; j < cosines.length; j++) {
      const cosine = cosines[j] * own * this.#inverseLengths[j];
      cosines[j] = cosine > 0 ? cosine : HIDDEN;
    }
    return topOthers(cosines, item, k);
  }

  /** Writes `ials.safetensors`: the item factors, and what folding in depends on in its metadata. */
  async save(folder: string): Promise<void> {
    await writeSafetensors(
      join(folder, FILE),
      { factors: { shape: [this.items, this.size], data: this.factors } },
      { format: FORMAT, options: JSON.stringify(this.options) },
    );
  }

  /** @throws ArtefactError when the file is truncated, altered or not what `save` writes */
  static async load(folder: string): Promise<Ials> {
    const path = join(folder, FILE);
    return readModelFile(
      path,
      { format: FORMAT, schema: FoldInOptionsSchema },
      async (file, options) => {
        const shape = file.shape('factors');
        if (shape.length !== 2) throw new RangeError(`its factors have the shape [${shape}]`);
        return new Ials(await file.read('factors', Float32Array), shape[0], shape[1], options);
      },
    );
  }
}

export const ials = defineModel({
  name: NAME,
  options: IalsOptions,
  sharedOptions: ['weights'],
  async fit(dataset, options, { progress = NO_PROGRESS, users, threads, signal }) {
    const { weights, regularization, alpha, nu, iterations, factors } = options;
    const people = userRows(dataset, users ?? dataset.parts.train, {
      weights,
      userNormalization: 0,
    });
    const items = dataset.items.size;
    const sweeps = await AlternatingSweeps.create(people, items, options, { threads, signal });
    try {
      progress.step('fitting factors', iterations, 'sweeps');
      for (let sweep = 1; sweep <= iterations; sweep++) {
        await sweeps.solveRows();
        await sweeps.solveColumns();
        progress.update(sweep);
      }
      return new Ials(sweeps.columnFactors(), items, factors, {
        regularization,
        alpha,
        nu,
        weights,
      });
    } finally {
      await sweeps.close();
    }
  },
  load: (folder) => Ials.load(folder),
});
