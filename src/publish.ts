/** Stage: models + catalogue → an immutable, checksummed, versioned bundle; the pointer `current` moves last. */
import { join } from 'node:path';
import type { SlimOptions } from './config/model-options.ts';
import type { Dataset } from './data/dataset.ts';
import { openDataset } from './data/dataset-file.ts';
import { ArtefactError } from './error.ts';
import { checkFingerprint } from './evaluate.ts';
import {
  type Artefact,
  currentVersion,
  openArtefact,
  readJson,
  writeArtefact,
} from './home/artefact.ts';
import type { Leaderboard } from './metric/leaderboard.ts';
import { content } from './model/content.ts';
import { readGram } from './model/gram-file.ts';
import { addContent, addPeople } from './model/grams.ts';
import { type ItemKnnOptions, itemKnnFromGram } from './model/item-knn.ts';
import { listingsOf } from './model/prior.ts';
import { solveSlimWithParts } from './model/slim.ts';
import { MODEL_NAMES, writeBundle } from './recommend/bundle-file.ts';
import { NO_PROGRESS, type Progress } from './terminal/progress.ts';
import { readTrainRecord } from './train.ts';

export interface PublishOptions {
  readonly home: string;
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
  /** bundles to keep besides the new one, to roll back to (default 2) */
  readonly keep?: number;
}

/**
 * Fits once more on everyone, the held-out people included: G is a sum over people, so theirs is added to the
 * training G. The options are those of the current 'model' artefact.
 */
export async function publish(options: PublishOptions): Promise<Artefact> {
  const { home, threads, progress = NO_PROGRESS, signal, clock, keep = 2 } = options;
  progress.step('opening the dataset and the models');
  const dataset = await openDataset(home);
  const model = await openArtefact(home, 'model');
  await checkFingerprint(model.folder, dataset.fingerprint);
  const { slim, 'item-knn': itemKnnOptions } = await publishable(model.folder);
  const context = { threads, progress, signal };
  const everyone = { from: 0, to: dataset.interactions.users };
  const gram = await readGram(join(model.folder, 'gram.safetensors'), dataset.items.size);
  await addPeople(
    gram,
    dataset,
    { from: dataset.parts.train.to, to: dataset.interactions.users },
    slim,
    context,
  );
  // the weights that G was made with
  const itemKnn = await itemKnnFromGram(
    gram,
    { ...itemKnnOptions, weights: slim.weights },
    context,
  );
  await addContent(gram, dataset, slim, context);
  const models = {
    slim: await solveSlimWithParts(gram, listingsOf(dataset, everyone), slim, context),
    itemKnn,
    content: await content.load(model.folder),
  };
  progress.step('writing the bundle');
  const metrics = await measured(home, dataset);
  const artefact = await writeArtefact(
    home,
    'bundle',
    (folder) => writeBundle(folder, { dataset, models, metrics }),
    { clock, keep },
  );
  progress.end();
  return artefact;
}

/**
 * The options of the models that a bundle has.
 * @throws ArtefactError when one of them was not trained
 */
async function publishable(folder: string) {
  const { options, models } = await readTrainRecord(folder);
  const missing = Object.values(MODEL_NAMES).filter((name) => !(name in models));
  if (missing.length > 0)
    throw new ArtefactError(
      `A bundle needs ${missing.join(', ')}, which the current models lack: run "osusume train" with them among --models`,
    );
  return options as { slim: SlimOptions; 'item-knn': ItemKnnOptions };
}

/** What the leaderboard says of the published model, when it was made from the same dataset. */
async function measured(
  home: string,
  dataset: Dataset,
): Promise<Record<string, number> | undefined> {
  if ((await currentVersion(home, 'leaderboard')) === null) return undefined;
  const { folder } = await openArtefact(home, 'leaderboard');
  const board = (await readJson(join(folder, 'leaderboard.json'))) as Leaderboard;
  const row = board.models.find(({ model }) => model === MODEL_NAMES.hybrid);
  if (board.fingerprint !== dataset.fingerprint || !row) return undefined;
  const { liked } = row;
  const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
  return {
    likedNdcg10: rounded(liked.ndcg10.mean),
    likedRecall20: rounded(liked.recall20.mean),
    likedNdcg100: rounded(liked.ndcg100.mean),
    people: board.people,
  };
}
