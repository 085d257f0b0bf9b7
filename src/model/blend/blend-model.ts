/** The blend of all models of a run, with weights that are given or fitted on the validation users. */
import { type Static, Type } from 'typebox';
import { heldOutUsers } from '../../data/held-out-users.ts';
import { UsageError } from '../../error.ts';
import { defineModel } from '../define-model.ts';
import type { FitContext, RankingQuality, Recommender } from '../recommender.ts';
import { Blend } from './blend.ts';
import { type BlendFitOptions, fitBlendWeights, shortProfileOf } from './blend-fit.ts';

const WeightsByName = Type.Union([Type.Record(Type.String(), Type.Number()), Type.Null()], {
  default: null,
});

export const BlendOptions = Type.Object(
  {
    /** for a long list, by name of the model, 0 for one that is not named; null = fitted on the validation people */
    weights: WeightsByName,
    /** for a short list, likewise; fitted on the same people with five titles known */
    shortWeights: WeightsByName,
    /** of the validation people's split into known and held out, and of the five titles */
    seed: Type.Integer({ default: 42 }),
  },
  { additionalProperties: false, default: {} },
);
export type BlendOptions = Static<typeof BlendOptions>;

export const blend = defineModel({
  name: 'blend',
  options: BlendOptions,
  async fit(dataset, options, context) {
    const models = membersOf(context);
    checkNames(options.weights, models);
    checkNames(options.shortWeights, models);
    const { seed } = options;
    const { progress, signal } = context;
    const fitted = (profileOf?: BlendFitOptions['profileOf']) => {
      const users = heldOutUsers(dataset, dataset.parts.validation, seed);
      const quality = qualityOf(context);
      return fitBlendWeights(models, users, { quality, profileOf, progress, signal }).weights;
    };
    const weights = options.weights ?? fitted();
    const shortWeights = options.shortWeights ?? fitted(shortProfileOf(seed));
    const members = models.map((model) => ({
      model,
      weight: weights[model.name] ?? 0,
      shortWeight: shortWeights[model.name] ?? 0,
    }));
    return new Blend(members);
  },
  load: (folder, loadOther) => Blend.load(folder, loadOther),
});

function membersOf({ fitted }: FitContext): Recommender[] {
  return Array.from(fitted?.values() ?? []).filter(({ scoresFew }) => !scoresFew);
}

function qualityOf({ rankingQuality }: FitContext): RankingQuality {
  if (rankingQuality) return rankingQuality;
  throw new UsageError('The weights of a blend are fitted to a quality of rankings: none is given');
}

function checkNames(weights: BlendOptions['weights'], models: readonly Recommender[]): void {
  for (const name of Object.keys(weights ?? {})) {
    if (models.some((model) => model.name === name)) continue;
    throw new UsageError(
      `The blend has a weight for "${name}", its models are ${models.map((model) => model.name).join(', ')}`,
    );
  }
}
