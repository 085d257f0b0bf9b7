/** Stage: a dataset and options → fitted models and a run record. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config, TrackAccess } from './config/config.ts';
import type { SlimOptions } from './config/model-options.ts';
import { type TrackOptions, trackOptions } from './config/track-options.ts';
import type { Dataset } from './data/dataset.ts';
import { openDataset } from './data/dataset-file.ts';
import { heldOutUsers } from './data/held-out-users.ts';
import { InterruptedError } from './error.ts';
import { type Artefact, writeArtefact } from './home/artefact.ts';
import { runStage } from './home/stage.ts';
import { type TrainRecord, writeTrainRecord } from './home/train-record.ts';
import { withCost } from './metric/cost.ts';
import { examplesOf } from './metric/examples.ts';
import { rankingQuality } from './metric/ranking-quality.ts';
import { removeCheckpoint } from './model/checkpoint.ts';
import { GramCache } from './model/gram/gram-cache.ts';
import { GRAM, writeGram } from './model/gram/gram-file.ts';
import type { FitContext, Recommender } from './model/recommender.ts';
import { fitModel, type Planned, planModels } from './model/registry.ts';
import {
  CHARTS,
  installCommand,
  isInstalled,
  PRODUCTS,
  requirePackages,
} from './program/optional-package.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import { writeRunReport } from './report/write-run-report.ts';
import { Run } from './track/run.ts';

export interface TrainOptions {
  readonly home: string;
  /** options of slim, the first stage of the published model; other models share some of them */
  readonly slim: SlimOptions;
  /** name → options of the models to fit; default: those that are published */
  readonly models?: Config['train']['models'];
  /** fit only these; default: those of `models` */
  readonly names?: readonly string[];
  /** of every model that draws random numbers; null or absent = each model's own default */
  readonly seed?: number | null;
  /** continue from the checkpoints of an interrupted run, where a model keeps some */
  readonly resume?: boolean;
  /** keeps times, ids and machine facts out of the models' version; they stay in the run; default: false */
  readonly reproducible?: boolean;
  readonly track?: TrackOptions;
  /** keys and addresses of tracking servers */
  readonly access?: TrackAccess;
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
}

/** For models whose options have no seed. */
const SEED = 42;
/** The models whose recommendations the report shows: the first that was fitted, otherwise the last of all. */
const SHOWN = ['rank', 'slim'];
const SLOW_PRODUCTS = `${PRODUCTS} is not installed: WebAssembly inverts the matrix of slim and ease, about 3.5 times slower. To add it: ${installCommand([PRODUCTS])}`;

/** Fits the models on the training users and makes them the current 'model' artefact. */
export async function train(options: TrainOptions): Promise<Trained> {
  const { home, slim, models = {}, seed = null, progress = NO_PROGRESS } = options;
  const plan = planModels({ slim, models, seed }, options.names);
  await requirePackages('train', CHARTS);
  if (!isInstalled(PRODUCTS)) progress.note(SLOW_PRODUCTS);
  return runStage(home, 'train', progress, () => recordTraining(plan, options));
}

interface Trained {
  readonly artefact: Artefact;
  readonly record: TrainRecord;
  readonly run: string;
}

async function recordTraining(plan: readonly Planned[], options: TrainOptions): Promise<Trained> {
  const { home, seed = null, progress = NO_PROGRESS } = options;
  const { track = trackOptions(), access = {}, clock = () => new Date() } = options;
  progress.step('opening the dataset');
  const dataset = await openDataset(home);
  const writeReport = writeRunReport;
  const about = { home, dataset, plan, seed, track, access, writeReport, progress, clock };
  const run = await Run.start(about);
  try {
    const { artefact, shown } = await fitAll(dataset, plan, run, options);
    progress.step('writing the report of the run');
    const people = heldOutUsers(dataset, dataset.parts.validation, SEED);
    await run.finish(artefact, examplesOf(shown, dataset, people));
    progress.end();
    return { artefact, record: recordOf(run), run: run.record.id };
  } catch (error) {
    if (run.record.status === 'running') await run.fail(error);
    throw error;
  }
}

async function fitAll(
  dataset: Dataset,
  plan: readonly Planned[],
  run: Run,
  options: TrainOptions,
): Promise<{ artefact: Artefact; shown: Recommender }> {
  const { home, seed, resume, threads, reproducible } = options;
  const { progress = NO_PROGRESS, signal, clock } = options;
  const users = dataset.parts.train;
  const checkpoints = join(home, 'checkpoints');
  const cache = join(home, 'cache');
  const kept = { checkpoints, resume, cache };
  const shared = { threads, progress, signal, users, seed: seed ?? SEED, ...kept };
  const grams = new GramCache(dataset, shared);
  const fitted = new Map<string, Recommender>();
  const artefact = await writeArtefact(
    home,
    'model',
    async (folder) => {
      // publishing adds to G what slim was fitted on, whether train.slim or train.models sets its options
      const published = plan.find(({ name }) => name === 'slim')?.options as
        | SlimOptions
        | undefined;
      if (published) await writeGram(join(folder, GRAM), await grams.userGram(published));
      for (const planned of plan) {
        if (signal?.aborted) throw new InterruptedError('Interrupted while training');
        const { name } = planned;
        const onEpoch: FitContext['onEpoch'] = (report) => run.epoch(name, report);
        const { result: model, cost } = await withCost(() =>
          fitModel(planned, dataset, { ...shared, grams, fitted, rankingQuality, onEpoch }),
        );
        fitted.set(name, model);
        const before = await bytesOf(folder);
        await model.save(folder);
        const savedBytes = (await bytesOf(folder)) - before;
        const seconds = Math.round(1000 * (cost.seconds + grams.takeBorrowedSeconds())) / 1000;
        await run.fitted(name, { ...cost, seconds, savedBytes });
        if (model.titlePoints) await run.embedding(name, model.titlePoints, dataset.catalogue);
        progress.note(`${name} fitted in ${cost.seconds.toFixed(1)} s`);
      }
      await writeTrainRecord(folder, reproducible ? reproducibleRecord(run) : recordOf(run));
    },
    { clock, keep: 0, reproducible },
  );
  // checkpoints of other models stay, for a later --resume
  for (const { name } of plan) await removeCheckpoint(checkpoints, name);
  const shown = SHOWN.map((name) => fitted.get(name)).find((model) => model !== undefined);
  return { artefact, shown: shown ?? ([...fitted.values()].at(-1) as Recommender) };
}

function recordOf({ record }: Run): TrainRecord {
  const { id, fingerprint, people, titles, interactions, parameters, models } = record;
  return { run: id, fingerprint, people, titles, interactions, options: parameters, models };
}

/** Without the run's id, seconds and memory, which the run's own record has. */
function reproducibleRecord(run: Run): TrainRecord {
  const { run: _, models, ...record } = recordOf(run);
  const sizes = Object.entries(models).map(([name, { savedBytes }]) => [name, { savedBytes }]);
  return { ...record, models: Object.fromEntries(sizes) };
}

async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder)) bytes += (await stat(join(folder, name))).size;
  return bytes;
}
