/** What every model promises. The conformance suite tests it once, for all of them. */
import type { Dataset, UserRange } from '../data/dataset.ts';
import type { Profile } from '../data/interactions.ts';
import type { Progress } from '../terminal/progress.ts';

/** What a fit may use of the outside; everything has a default. */
export interface FitContext {
  readonly progress?: Progress;
  /** worker threads; default: the machine's cores */
  readonly threads?: number;
  /** aborting ends the fit with InterruptedError */
  readonly signal?: AbortSignal;
  /** people to fit on; default: dataset.parts.train */
  readonly users?: UserRange;
}

/** The k best items, best first; ties go to the lower item (the more listed title). */
export interface Ranked {
  readonly items: Uint32Array;
  readonly scores: Float32Array;
}

export interface Recommender {
  /** as in the leaderboard, e.g. "ease" */
  readonly name: string;
  readonly items: number;
  /** One finite score an item, for a person the model may never have met. A fresh array each time. */
  score(profile: Profile): Float32Array;
  /** The k items most like `item`, itself left out. */
  similarItems(item: number, k: number): Ranked;
  /** Writes the model into an existing folder as safetensors. */
  save(folder: string): Promise<void>;
}

/** How a model is made: fitted on a dataset, or read from a folder that `save` wrote. */
export interface RecommenderFactory<Options, Model extends Recommender = Recommender> {
  readonly name: string;
  fit(dataset: Dataset, options: Options, context?: FitContext): Promise<Model>;
  load(folder: string): Promise<Model>;
}
