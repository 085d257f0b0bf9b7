/** Stage: a dataset and options → fitted models and a run record. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EaseOptions } from './config.ts';
import { openDataset } from './data/dataset-file.ts';
import { type Artefact, writeArtefact } from './home/artefact.ts';
import { ColumnPanels } from './kernel/panels.ts';
import { content } from './model/content.ts';
import { addContent, addPeople, solveEase } from './model/ease.ts';
import { writeGram } from './model/gram-file.ts';
import { itemKnnFromGram } from './model/item-knn.ts';
import { popularity } from './model/popularity.ts';
import type { Recommender } from './model/recommender.ts';
import { NO_PROGRESS, type Progress } from './terminal/progress.ts';

export interface TrainOptions {
  readonly home: string;
  readonly ease: EaseOptions;
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
}

/** What a run was made of and how long it took; kept beside the models as train.json. */
export interface TrainRecord {
  /** of the dataset it was fitted on */
  readonly fingerprint: string;
  readonly people: number;
  readonly titles: number;
  readonly interactions: number;
  readonly options: { readonly ease: EaseOptions };
  /** seconds by model; people's G counts with the first */
  readonly seconds: Readonly<Record<string, number>>;
}

/** Item-kNN is a baseline and the source of "people who like this": not tuned. */
export const ITEM_KNN = { neighbours: 100, damping: 10 } as const;
export const CONTENT_NEIGHBOURS = 100;

/** Fits every model on the training people and makes the result the current 'model' artefact. */
export async function train(
  options: TrainOptions,
): Promise<{ artefact: Artefact; record: TrainRecord }> {
  const { home, ease, threads, progress = NO_PROGRESS, signal, clock } = options;
  progress.step('opening the dataset');
  const dataset = await openDataset(home);
  const { train: people } = dataset.parts;
  const context = { threads, progress, signal, users: people };
  const seconds: Record<string, number> = {};
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    seconds[name] = Math.round(performance.now() - started) / 1000;
    return result;
  };
  let record: TrainRecord | undefined;
  const artefact = await writeArtefact(
    home,
    'model',
    async (folder) => {
      const keep = async (model: Recommender) => {
        await model.save(folder);
        progress.note(`${model.name} fitted in ${seconds[model.name].toFixed(1)} s`);
      };
      const gram = new ColumnPanels(dataset.items.size);
      await timed('gram', () => addPeople(gram, dataset, people, ease, context));
      await writeGram(join(folder, 'gram.safetensors'), gram);
      await keep(await timed('popularity', () => popularity.fit(dataset, {}, context)));
      await keep(
        await timed('item-knn', () =>
          itemKnnFromGram(gram, { ...ITEM_KNN, weights: ease.weights }, context),
        ),
      );
      await keep(
        await timed('content', () =>
          content.fit(
            dataset,
            { features: ease.features, neighbours: CONTENT_NEIGHBOURS, weights: ease.weights },
            context,
          ),
        ),
      );
      await keep(
        await timed('ease', async () => {
          await addContent(gram, dataset, ease, context);
          return solveEase(gram, ease, context);
        }),
      );
      const { indptr } = dataset.interactions;
      record = {
        fingerprint: dataset.fingerprint,
        people: people.to - people.from,
        titles: dataset.items.size,
        interactions: indptr[people.to] - indptr[people.from],
        options: { ease },
        seconds,
      };
      await writeFile(join(folder, 'train.json'), `${JSON.stringify(record, null, 2)}\n`);
    },
    { clock, keep: 0 },
  );
  progress.end();
  return { artefact, record: record as TrainRecord };
}
