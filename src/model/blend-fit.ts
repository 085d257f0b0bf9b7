/**
 * The weights of a blend, fitted on validation people: coordinate search, weights at least 0, on
 *
 *   objective = mean of liked NDCG@10, Recall@20 and NDCG@100, full ranking minus the known titles
 *
 * It begins with the best single model and goes up and down one weight at a time, in steps that are halved when none
 * of them helps. Every model scores every person once; a trial is then one weighted sum and one ranking a person.
 */
import { type Static, Type } from 'typebox';
import type { Dataset } from '../data/dataset.ts';
import { STATUS } from '../data/interactions.ts';
import { InterruptedError, UsageError } from '../error.ts';
import { type HeldOutPerson, heldOutPeople } from '../metric/held-out-people.ts';
import { ndcg } from '../metric/ndcg.ts';
import { recall } from '../metric/recall.ts';
import { NO_PROGRESS, type Progress } from '../terminal/progress.ts';
import { Blend, type Loaders, standardize } from './blend.ts';
import { parseOptions } from './options.ts';
import type { FitContext, Recommender, RecommenderFactory } from './recommender.ts';
import { topItems } from './top.ts';

export interface BlendFit {
  /** by name of the model; they add up to 1 */
  readonly weights: Readonly<Record<string, number>>;
  readonly objective: number;
  /** of each model by itself */
  readonly alone: Readonly<Record<string, number>>;
}

const FIRST_STEP = 0.5;
const LAST_STEP = 0.03;
/** A trial must gain this much: less is chance. */
const LEAST_GAIN = 1e-5;
const LONGEST = 100;

/** @throws UsageError when nobody likes anything that is held out */
export function fitBlendWeights(
  models: readonly Recommender[],
  people: readonly HeldOutPerson[],
  { progress = NO_PROGRESS, signal }: { progress?: Progress; signal?: AbortSignal } = {},
): BlendFit {
  const judged = people.filter(({ liked }) => liked.size > 0);
  if (models.length === 0 || judged.length === 0)
    throw new UsageError(
      `The weights of a blend need models and people who like something held out: there are ${models.length} and ${judged.length}`,
    );
  const trials = new Trials(models, judged, progress, signal);
  const alone = models.map((_, m) =>
    trials.objective(models.map((__, other) => Number(other === m))),
  );
  let best = Math.max(...alone);
  const weights = models.map((_, m) => Number(m === alone.indexOf(best)));
  progress.step('fitting the weights of the blend');
  for (let step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
    while (true) {
      const before = best;
      for (let m = 0; m < models.length; m++) {
        for (const moved of [weights[m] + step, weights[m] - step]) {
          if (moved < 0) continue;
          const reached = trials.objective(weights.with(m, moved));
          if (reached < best + LEAST_GAIN) continue;
          best = reached;
          weights[m] = moved;
          break;
        }
      }
      if (best === before) break;
    }
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const byName = (values: readonly number[]) =>
    Object.fromEntries(models.map(({ name }, m) => [name, values[m]]));
  return {
    weights: byName(weights.map((weight) => weight / total)),
    objective: best,
    alone: byName(alone),
  };
}

/** Every model's z-scores of every person, kept from trial to trial: people × models × items floats. */
class Trials {
  private readonly z: readonly (readonly Float32Array[])[];

  constructor(
    models: readonly Recommender[],
    private readonly people: readonly HeldOutPerson[],
    progress: Progress,
    private readonly signal?: AbortSignal,
  ) {
    progress.step('scoring for the blend', people.length, 'people');
    this.z = people.map(({ known }, at) => {
      this.checkSignal();
      progress.update(at + 1);
      return models.map((model) => standardize(model.score(known), known.items));
    });
  }

  objective(weights: readonly number[]): number {
    this.checkSignal();
    const scores = new Float32Array(this.z[0][0].length);
    let sum = 0;
    for (const [at, { known, liked }] of this.people.entries()) {
      scores.fill(0);
      for (const [m, weight] of weights.entries()) {
        if (weight === 0) continue;
        const z = this.z[at][m];
        for (let j = 0; j < scores.length; j++) scores[j] += weight * z[j];
      }
      for (let p = 0; p < known.items.length; p++) {
        if (known.statuses[p] !== STATUS.plan_to_watch)
          scores[known.items[p]] = Number.NEGATIVE_INFINITY;
      }
      const { items } = topItems(scores, LONGEST);
      sum += (ndcg(items, liked, 10) + recall(items, liked, 20) + ndcg(items, liked, 100)) / 3;
    }
    return sum / this.people.length;
  }

  private checkSignal(): void {
    if (this.signal?.aborted) throw new InterruptedError('Interrupted while fitting a blend');
  }
}

export const BlendOptions = Type.Object(
  {
    /** by name of the model, 0 for one that is not named; null = fitted on the validation people */
    weights: Type.Union([Type.Record(Type.String(), Type.Number()), Type.Null()], {
      default: null,
    }),
    /** of the validation people's split into known and held out */
    seed: Type.Integer({ default: 42 }),
  },
  { additionalProperties: false, default: {} },
);
export type BlendOptions = Static<typeof BlendOptions>;

/** How a member of a blend is made, its options chosen. */
export interface BlendPart {
  readonly name: string;
  fit(dataset: Dataset, context?: FitContext): Promise<Recommender>;
  load(folder: string): Promise<Recommender>;
}

/** The blend of `parts`. */
export function blendOf(
  parts: readonly BlendPart[],
): RecommenderFactory<Partial<BlendOptions>, Blend> {
  const loaders: Loaders = Object.fromEntries(parts.map((part) => [part.name, part.load]));
  return {
    name: 'blend',
    async fit(dataset, given, context = {}) {
      const { weights: chosen, seed } = parseOptions(BlendOptions, given, 'blend');
      checkNames(chosen, parts);
      const models: Recommender[] = [];
      for (const part of parts) models.push(await part.fit(dataset, context));
      const people = () => heldOutPeople(dataset, dataset.parts.validation, seed);
      const weights = chosen ?? fitBlendWeights(models, people(), context).weights;
      return new Blend(models.map((model) => ({ model, weight: weights[model.name] ?? 0 })));
    },
    load: (folder) => Blend.load(folder, loaders),
  };
}

function checkNames(weights: BlendOptions['weights'], parts: readonly BlendPart[]): void {
  for (const name of Object.keys(weights ?? {})) {
    if (parts.some((part) => part.name === name)) continue;
    throw new UsageError(
      `The blend has a weight for "${name}", its models are ${parts.map((part) => part.name).join(', ')}`,
    );
  }
}
