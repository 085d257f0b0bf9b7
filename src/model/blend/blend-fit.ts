/**
 * The weights of a blend, fitted on validation users: coordinate search, weights at least 0, on the mean quality of
 * their full rankings minus the known titles.
 *
 * It begins with the best single model and changes one weight at a time, up or down, in steps that are halved when no
 * change helps. Every model scores every user once; a trial is then one sum and one ranking a user.
 */

import type { HeldOutUser } from '../../data/held-out-users.ts';
import type { Profile } from '../../data/interactions.ts';
import { sampledProfile } from '../../data/split.ts';
import { InterruptedError, UsageError } from '../../error.ts';
import { NO_PROGRESS, type Progress } from '../../progress.ts';
import { hideListed } from '../mask.ts';
import { SHORT_LIST } from '../prior-decay.ts';
import type { RankingQuality, Recommender } from '../recommender.ts';
import { topItems } from '../top.ts';
import { standardize } from './blend.ts';

export interface BlendFit {
  /** by name of the model; they add up to 1 */
  readonly weights: Readonly<Record<string, number>>;
  readonly objective: number;
  /** the objective of each model alone */
  readonly alone: Readonly<Record<string, number>>;
}

export interface BlendFitOptions {
  readonly quality: RankingQuality;
  /** the profile that the models score; default: all that is known. Known titles are never ranked. */
  readonly profileOf?: (person: HeldOutUser) => Profile;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

const FIRST_STEP = 0.5;
const LAST_STEP = 0.03;
/** A step must gain this much: on a few hundred users less is chance. */
const LEAST_GAIN = 2e-4;
const LONGEST = 100;

/** @throws UsageError when nobody likes anything that is held out */
export function fitBlendWeights(
  models: readonly Recommender[],
  people: readonly HeldOutUser[],
  options: BlendFitOptions,
): BlendFit {
  const usable = people.filter(({ liked }) => liked.size > 0);
  if (models.length === 0 || usable.length === 0)
    throw new UsageError(
      `The weights of a blend need models and people who like something held out: there are ${models.length} and ${usable.length}`,
    );
  const trials = new Trials(models, usable, options);
  const alone = models.map((_, m) => trials.tryMove(m, 1));
  const first = alone.indexOf(Math.max(...alone));
  const weights = models.map(() => 0);
  let objective = 0;
  const tryMove = (m: number, by: number): boolean => {
    if (weights[m] + by < 0) return false;
    const reached = trials.tryMove(m, by);
    if (reached < objective + LEAST_GAIN) return false;
    trials.move(m, by);
    weights[m] += by;
    objective = reached;
    return true;
  };
  tryMove(first, 1);
  options.progress?.step('fitting the weights of the blend');
  for (let step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
    let moved = true;
    while (moved) {
      moved = false;
      for (let m = 0; m < models.length; m++)
        moved = tryMove(m, step) || tryMove(m, -step) || moved;
    }
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const byName = (values: readonly number[]) =>
    Object.fromEntries(models.map(({ name }, m) => [name, values[m]]));
  return {
    // All are 0 when no model finds anything: then the models count alike.
    weights: byName(weights.map((weight) => (total > 0 ? weight / total : 1 / models.length))),
    objective,
    alone: byName(alone),
  };
}

/**
 * Five titles that the user has seen, drawn by seed: the profile of a new user. Planned titles are left out.
 */
export function shortProfileOf(seed: number): (person: HeldOutUser) => Profile {
  return ({ known, userId }) => sampledProfile(known, SHORT_LIST, seed, userId);
}

/** Every model's z-scores of every person, and their sum by the present weights: people × (models + 1) × items floats. */
class Trials {
  private readonly z: readonly (readonly Float32Array[])[];
  private readonly sums: readonly Float32Array[];
  private readonly quality: RankingQuality;
  private readonly signal?: AbortSignal;

  constructor(
    models: readonly Recommender[],
    private readonly people: readonly HeldOutUser[],
    { quality, profileOf = ({ known }) => known, progress = NO_PROGRESS, signal }: BlendFitOptions,
  ) {
    this.quality = quality;
    this.signal = signal;
    progress.step('scoring for the blend', people.length, 'people');
    this.z = people.map((person, at) => {
      this.checkSignal();
      progress.update(at + 1);
      const profile = profileOf(person);
      return models.map((model) => standardize(model.score(profile), profile.items));
    });
    this.sums = people.map(() => new Float32Array(models[0].items));
  }

  /** The objective if the weight of model m were changed by so much. */
  tryMove(m: number, by: number): number {
    this.checkSignal();
    const scores = new Float32Array(this.sums[0].length);
    let sum = 0;
    for (const [at, { known, liked }] of this.people.entries()) {
      const z = this.z[at][m];
      const before = this.sums[at];
      for (let j = 0; j < scores.length; j++) scores[j] = before[j] + by * z[j];
      const { items } = topItems(hideListed(scores, known), LONGEST);
      sum += this.quality(items, liked);
    }
    return sum / this.people.length;
  }

  move(m: number, by: number): void {
    for (const [at, sum] of this.sums.entries()) {
      const z = this.z[at][m];
      for (let j = 0; j < sum.length; j++) sum[j] += by * z[j];
    }
  }

  private checkSignal(): void {
    if (this.signal?.aborted) throw new InterruptedError('Interrupted while fitting a blend');
  }
}
