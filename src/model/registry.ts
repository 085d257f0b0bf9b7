/**
 * Every model that can be trained. A new model is one line here; everything else about it is in its own file. They are
 * fitted in this order: slim and ease overwrite the users' G, so models that read G come before them; models made of
 * other models (fittedBefore, loadOther) come after them.
 */
import { merge } from '../config/config-file.ts';
import type { SlimOptions } from '../config/model-options.ts';
import { parseOptions } from '../config/parse-options.ts';
import type { Dataset } from '../data/dataset.ts';
import { UsageError } from '../error.ts';
import { ials } from './als/ials.ts';
import { EvenKaggleBaselineOptions, kaggleBaseline } from './baseline/kaggle-baseline.ts';
import { popularity, popularityBy } from './baseline/popularity.ts';
import { blend } from './blend/blend-model.ts';
import { content } from './content/content.ts';
import { plot } from './content/plot.ts';
import { embedding } from './embedding/embedding.ts';
import { itemKnn, itemKnnBy } from './knn/item-knn.ts';
import { userKnn } from './knn/user-knn.ts';
import { userKnnEmbedding } from './knn/user-knn-embedding.ts';
import { ease } from './linear/ease.ts';
import { slim } from './linear/slim.ts';
import { rank } from './rank/rank-model.ts';
import type { FitContext, LoadModel, ModelFactory, Recommender } from './recommender.ts';

export const MODELS: readonly ModelFactory[] = [
  popularity,
  popularityBy('members'),
  popularityBy('score'),
  popularityBy('recent'),
  itemKnn,
  itemKnnBy('tfidf'),
  itemKnnBy('bm25'),
  userKnn,
  content,
  plot,
  slim,
  ease,
  ials,
  embedding,
  userKnnEmbedding,
  kaggleBaseline('public-flow', 'user-knn'),
  kaggleBaseline('public-flow-even', 'user-knn', EvenKaggleBaselineOptions),
  kaggleBaseline('public-flow-embedding', 'user-knn-embedding'),
  blend,
  rank,
];

/** As a name: every model there is. */
const ALL = 'all';

/** What is published, and popularity to compare it with. */
export const DEFAULT_MODELS = ['popularity', 'item-knn', 'content', 'slim', 'rank'] as const;

/** The part of the configuration that says which models to train, and how. */
export interface ModelSettings {
  /** options of slim, the first stage of the published model; other models take what they share with it from here */
  readonly slim: SlimOptions;
  /** name → options that differ from the defaults; {} = what publishing needs */
  readonly models: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** for every model that draws random numbers; null = each model's own */
  readonly seed: number | null;
}

/** A model to fit, with all of its options. */
export interface Planned {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * What to fit, in order, with which options. A seed of the configuration reaches every model whose options have one.
 * @param names "all" stands for every model; default: those of train.models, else DEFAULT_MODELS
 * @throws UsageError that names the model or the option
 */
export function planModels(
  settings: ModelSettings,
  names: readonly string[] = chosen(settings),
): Planned[] {
  const every = names.includes(ALL);
  for (const name of [...names, ...Object.keys(settings.models)]) if (name !== ALL) find(name);
  if (names.length === 0) throw new UsageError('No model to train: give --models some names');
  return MODELS.filter(({ name }) => every || names.includes(name)).map((model) => ({
    name: model.name,
    options: optionsOf(model, settings),
  }));
}

/** Fits one model of a plan. */
export async function fitModel(
  { name, options }: Planned,
  dataset: Dataset,
  context: FitContext,
): Promise<Recommender> {
  return find(name).fit(dataset, options, context);
}

/**
 * Reads a model that was saved into `folder`.
 * @param loadOther reads the models that it is made of; default: from the same folder
 */
export async function loadModel(
  name: string,
  folder: string,
  loadOther: LoadModel = (other) => loadModel(other, folder),
): Promise<Recommender> {
  return find(name).load(folder, loadOther);
}

function chosen({ models }: ModelSettings): readonly string[] {
  const named = Object.keys(models);
  return named.length > 0 ? named : DEFAULT_MODELS;
}

function optionsOf({ name, options, sharedOptions }: ModelFactory, settings: ModelSettings) {
  const given = settings.models[name] ?? {};
  const { properties = {} } = options as { properties?: object };
  const shared =
    name === slim.name
      ? settings.slim
      : Object.fromEntries(sharedOptions.map((key) => [key, settings.slim[key]]));
  const whole = {
    // key by key: one weight that is given changes no other
    ...(merge(shared, given) as Record<string, unknown>),
    ...(settings.seed !== null && 'seed' in properties ? { seed: settings.seed } : {}),
  };
  return parseOptions(options, whole, `train.models.${name}`) as Planned['options'];
}

function find(name: string): ModelFactory {
  const model = MODELS.find((each) => each.name === name);
  if (model) return model;
  throw new UsageError(
    `There is no model "${name}": the models are ${MODELS.map((each) => each.name).join(', ')}`,
  );
}
