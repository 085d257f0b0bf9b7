/** What every model promises. The conformance suite tests it once, for all of them. */
import type { TSchema } from 'typebox';
import type { SlimOptions } from '../config/model-options.ts';
import type { Dataset, UserRange } from '../data/dataset.ts';
import type { Profile } from '../data/interactions.ts';
import { UsageError } from '../error.ts';
import type { Progress } from '../progress.ts';
import type { SharedGrams } from './shared-grams.ts';

/** What a fit may use of the outside; everything has a default. */
export interface FitContext {
  readonly progress?: Progress;
  /** worker threads; default: the machine's cores */
  readonly threads?: number;
  /** aborting ends the fit with InterruptedError */
  readonly signal?: AbortSignal;
  /** people to fit on; default: dataset.parts.train */
  readonly users?: UserRange;
  /** of random numbers, for models without a seed among their options */
  readonly seed?: number;
  /** what several models are made from, computed once */
  readonly grams?: SharedGrams;
  /** models of this run that were fitted before, by name: what other models are made of */
  readonly fitted?: ReadonlyMap<string, Recommender>;
  /** how good the top of a ranking is, for models that are fitted to that */
  readonly rankingQuality?: RankingQuality;
  /** folder for checkpoints of a long fit, so that an interrupted one can be resumed; default: none are kept */
  readonly checkpoints?: string;
  /** folder for data to reuse in later runs, such as vectors of texts; default: nothing is kept */
  readonly cache?: string;
  /** resume from `checkpoints` */
  readonly resume?: boolean;
  /**
   * Called after each epoch by models that learn in epochs; a resumed fit first reports the earlier epochs. Numbers
   * may be nested, e.g. { epoch, training: { loss } }.
   */
  onEpoch?(report: EpochReport): void;
}

/** Quality of the first 100 items of a ranking for a user who likes `liked`; more is better, 1 is the best. */
export type RankingQuality = (ranked: ArrayLike<number>, liked: ReadonlySet<number>) => number;

export interface EpochReport {
  /** from 0 on */
  readonly epoch: number;
}

/** The k best items, best first; ties go to the lower item (the more listed title). */
export interface Ranked {
  readonly items: Uint32Array;
  readonly scores: Float32Array;
}

/** A dense vector for each title. */
export interface TitlePoints {
  /** titles × dimensions, row-major */
  readonly vectors: Float32Array;
  readonly dimensions: number;
}

export interface Recommender {
  /** as in the leaderboard, e.g. "ease" */
  readonly name: string;
  readonly items: number;
  /** it scores a short list only, so it is no part of a blend */
  readonly scoresFew?: boolean;
  /** of models that have a vector for each title, to look at them as points */
  readonly titlePoints?: TitlePoints;
  /** One finite score an item, for a person the model may never have met. A fresh array each time. */
  score(profile: Profile): Float32Array;
  /** The k items most like `item`, itself left out. */
  similarItems(item: number, k: number): Ranked;
  /** Writes the model into an existing folder as safetensors. */
  save(folder: string): Promise<void>;
}

export type LoadModel = (name: string) => Promise<Recommender>;

/** How a model is made: fitted on a dataset, or read from a folder that `save` wrote. See defineModel(). */
export interface ModelFactory<Options = unknown, Model extends Recommender = Recommender> {
  readonly name: string;
  /** schema of its options, each with a default */
  readonly options: TSchema;
  /** options that are those of slim unless they are given, so that both are made from the same G */
  readonly sharedOptions: readonly (keyof SlimOptions)[];
  /** @throws UsageError that names the option that is wrong */
  fit(dataset: Dataset, options?: Options, context?: FitContext): Promise<Model>;
  /** @param loadOther reads another model of the same folder, for models that are made of others */
  load(folder: string, loadOther?: LoadModel): Promise<Model>;
}

/**
 * A model that another one is made of.
 * @throws UsageError when it was not fitted before
 */
export function fittedBefore(
  name: string,
  { fitted }: Pick<FitContext, 'fitted'>,
  whatFor: string,
): Recommender {
  const model = fitted?.get(name);
  if (model) return model;
  throw new UsageError(`${whatFor} is made of ${name}, which is not trained: add it to the models`);
}
