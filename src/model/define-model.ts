/** What is said once of a model: its name, its options, how it is fitted and loaded. registry.ts lists them all. */
import type { Static, TSchema } from 'typebox';
import type { SlimOptions } from '../config/model-options.ts';
import { parseOptions } from '../config/parse-options.ts';
import type { Dataset } from '../data/dataset.ts';
import { UsageError } from '../error.ts';
import type { FitContext, LoadModel, ModelFactory, Recommender } from './recommender.ts';

export interface ModelDefinition<Schema extends TSchema, Model extends Recommender> {
  readonly name: string;
  readonly options: Schema;
  readonly sharedOptions?: readonly (keyof SlimOptions)[];
  /** @param options with their defaults */
  fit(dataset: Dataset, options: Static<Schema>, context: FitContext): Promise<Model>;
  load(folder: string, loadOther: LoadModel): Promise<Model>;
}

export function defineModel<Schema extends TSchema, Model extends Recommender>(
  definition: ModelDefinition<Schema, Model>,
): ModelFactory<Partial<Static<Schema>>, Model> {
  const { name, options, sharedOptions = [] } = definition;
  return {
    name,
    options,
    sharedOptions,
    async fit(dataset, given = {}, context = {}) {
      return definition.fit(dataset, parseOptions(options, given, name), context);
    },
    load: (folder, loadOther = refuse) => definition.load(folder, loadOther),
  };
}

const refuse: LoadModel = (name) => {
  throw new UsageError(`The model is made of ${name}: it cannot be read alone`);
};
