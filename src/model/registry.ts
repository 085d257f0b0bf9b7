/**
 * Every model that can be trained, by name: its options, how it is fitted and how it is loaded. A new model is one
 * line here. They are fitted in this order: slim and ease overwrite people's G, so what reads G stands before them; what is
 * made of other models (fittedBefore, loadOther) stands after them.
 */
import type { Static, TSchema } from 'typebox';
import type { Config } from '../config/config.ts';
import { merge } from '../config/config-file.ts';
import { SlimOptions } from '../config/model-options.ts';
import { parseOptions } from '../config/parse-options.ts';
import type { Dataset } from '../data/dataset.ts';
import { UsageError } from '../error.ts';
import { IalsOptions, ials } from './als/ials.ts';
import {
  EvenKaggleBaselineOptions,
  KaggleBaselineOptions,
  kaggleBaselineOf,
  type Neighbours,
} from './baseline/kaggle-baseline.ts';
import { PopularityOptions, popularity, popularityBy } from './baseline/popularity.ts';
import { BlendOptions, type BlendPart, blendOf } from './blend/blend-fit.ts';
import { ContentOptions, content } from './content/content.ts';
import { PlotOptions, plot } from './content/plot.ts';
import { type Embedding, embedding } from './embedding/embedding.ts';
import { EmbeddingOptions } from './embedding/options.ts';
import { ItemKnnOptions, itemKnn, itemKnnBy } from './knn/item-knn.ts';
import { UserKnnOptions, userKnn } from './knn/user-knn.ts';
import { UserKnnEmbeddingOptions, userKnnBy } from './knn/user-knn-embedding.ts';
import { EaseOptions, ease } from './linear/ease.ts';
import { slim } from './linear/slim.ts';
import {
  type FitContext,
  fittedBefore,
  type LoadModel,
  type Recommender,
  type RecommenderFactory,
} from './recommender.ts';

interface Entry {
  readonly options: TSchema;
  /** options that are the published model's unless they are given, so that both are made from the same G */
  readonly sharedOptions: readonly (keyof SlimOptions)[];
  fit(dataset: Dataset, options: unknown, context: FitContext): Promise<Recommender>;
  load(folder: string, loadOther: LoadModel): Promise<Recommender>;
}

const MODELS: ReadonlyMap<string, Entry> = new Map([
  model(popularity, PopularityOptions),
  model(popularityBy('members'), PopularityOptions),
  model(popularityBy('score'), PopularityOptions),
  model(popularityBy('recent'), PopularityOptions),
  model(itemKnn, ItemKnnOptions, ['weights', 'userNormalization']),
  model(itemKnnBy('tfidf'), ItemKnnOptions, ['weights']),
  model(itemKnnBy('bm25'), ItemKnnOptions, ['weights']),
  model(userKnn, UserKnnOptions, ['weights']),
  model(content, ContentOptions, ['weights', 'features']),
  model(plot, PlotOptions, ['weights', 'features']),
  model(slim, SlimOptions),
  model(ease, EaseOptions, [
    'userNormalization',
    'content',
    'features',
    'columnPower',
    'prior',
    'weights',
  ]),
  model(ials, IalsOptions, ['weights']),
  model(embedding, EmbeddingOptions),
  model(userKnnOfEmbedding(), UserKnnEmbeddingOptions, ['weights']),
  model(flowOf(userKnn.name, 'public-flow'), KaggleBaselineOptions),
  model(flowOf(userKnn.name, 'public-flow-even'), EvenKaggleBaselineOptions),
  model(flowOf('user-knn-embedding', 'public-flow-embedding'), KaggleBaselineOptions),
  model(blendOfFitted(), BlendOptions),
]);

/** Similar people by the vectors of the run's embedding network. */
function userKnnOfEmbedding(): RecommenderFactory<UserKnnEmbeddingOptions> {
  const name = 'user-knn-embedding';
  return {
    name,
    fit(dataset, options, context = {}) {
      const network = fittedBefore(embedding.name, context, name) as Embedding;
      return userKnnBy(network).fit(dataset, options, context);
    },
    async load(folder, loadOther = refuse) {
      return userKnnBy((await loadOther(embedding.name)) as Embedding).load(folder);
    },
  };
}

/** The public projects' flow, over the similar users and titles of another model. */
function flowOf(similar: string, name: string): RecommenderFactory<KaggleBaselineOptions> {
  const over = (model: Recommender) => kaggleBaselineOf(model as Recommender & Neighbours, name);
  return {
    name,
    async fit(dataset, options, context = {}) {
      return over(fittedBefore(similar, context, name)).fit(dataset, options, context);
    },
    async load(folder, loadOther = refuse) {
      return over(await loadOther(similar)).load(folder);
    },
  };
}

/** A blend of all models of the run but the public flows, which score ten titles only. */
function blendOfFitted(): RecommenderFactory<BlendOptions> {
  const partsOf = (names: Iterable<string>, find: LoadModel): BlendPart[] =>
    Array.from(names)
      .filter((name) => !name.startsWith('public-flow'))
      .map((name) => ({ name, fit: () => find(name), load: () => find(name) }));
  return {
    name: 'blend',
    fit(dataset, options, context = {}) {
      const find: LoadModel = async (name) => fittedBefore(name, context, 'blend');
      return blendOf(partsOf(context.fitted?.keys() ?? [], find)).fit(dataset, options, context);
    },
    load: (folder, loadOther = refuse) => blendOf(partsOf(MODELS.keys(), loadOther)).load(folder),
  };
}

const refuse: LoadModel = (name) => {
  throw new UsageError(`The model is made of ${name}: it cannot be read alone`);
};

/** As a name: every model there is. */
const ALL = 'all';

/** What publishing needs. */
export const DEFAULT_MODELS = ['popularity', 'item-knn', 'content', 'slim'] as const;

/** A model to fit, with all of its options. */
export interface Planned {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * What to fit, in order, with which options. A seed of the configuration reaches every model whose options have one.
 * @param names "all" stands for every model; default: those of train.models, else the four that publishing needs
 * @throws UsageError that names the model or the option
 */
export function planModels(
  train: Config['train'],
  names: readonly string[] = chosen(train),
): Planned[] {
  const every = names.includes(ALL);
  for (const name of [...names, ...Object.keys(train.models)]) if (name !== ALL) entryOf(name);
  if (names.length === 0) throw new UsageError('No model to train: give --models some names');
  return [...MODELS].flatMap(([name, entry]) =>
    every || names.includes(name) ? [{ name, options: optionsOf(name, entry, train) }] : [],
  );
}

/** Fits one model of a plan. */
export function fitModel(
  { name, options }: Planned,
  dataset: Dataset,
  context: FitContext,
): Promise<Recommender> {
  return entryOf(name).fit(dataset, options, context);
}

/** Reads a model that was saved into `folder`. */
export function loadModel(name: string, folder: string): Promise<Recommender> {
  return entryOf(name).load(folder, (other) => loadModel(other, folder));
}

function chosen({ models }: Config['train']): readonly string[] {
  const named = Object.keys(models);
  return named.length > 0 ? named : DEFAULT_MODELS;
}

function optionsOf(name: string, entry: Entry, train: Config['train']): Planned['options'] {
  const given = train.models[name] ?? {};
  const { properties = {} } = entry.options as { properties?: object };
  const shared =
    name === slim.name
      ? train.slim
      : Object.fromEntries(entry.sharedOptions.map((key) => [key, train.slim[key]]));
  const whole = {
    // key by key: one weight that is given changes no other
    ...(merge(shared, given) as Record<string, unknown>),
    ...(train.seed !== null && 'seed' in properties ? { seed: train.seed } : {}),
  };
  return parseOptions(entry.options, whole, `train.models.${name}`) as Planned['options'];
}

function entryOf(name: string): Entry {
  const entry = MODELS.get(name);
  if (entry) return entry;
  throw new UsageError(
    `There is no model "${name}": the models are ${[...MODELS.keys()].join(', ')}`,
  );
}

function model<Schema extends TSchema>(
  factory: RecommenderFactory<Static<Schema>>,
  options: Schema,
  sharedOptions: readonly (keyof SlimOptions)[] = [],
): [string, Entry] {
  return [
    factory.name,
    {
      options,
      sharedOptions,
      fit: (dataset, given, context) => factory.fit(dataset, given as Static<Schema>, context),
      load: (folder, loadOther) => factory.load(folder, loadOther),
    },
  ];
}
