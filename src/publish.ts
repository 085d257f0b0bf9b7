/** Stage: models + catalogue → an immutable, checksummed, versioned bundle; the pointer `current` moves last. */
import { join } from 'node:path';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { parseCloudAddress } from './cloud/address.ts';
import type { CloudOptions } from './cloud/open-store.ts';
import type { Pushed } from './cloud/push-bundle.ts';
import type { TrackAccess } from './config/config.ts';
import { SlimOptions } from './config/model-options.ts';
import { QUALITY_MARGIN } from './config/stage-settings.ts';
import type { TrackOptions } from './config/track-options.ts';
import { requireAdultSigns } from './data/catalogue/adult.ts';
import type { Dataset } from './data/dataset.ts';
import { openDataset } from './data/dataset-file.ts';
import { ArtefactError } from './error.ts';
import { type Artefact, writeArtefact } from './home/artefact.ts';
import { openSigningKey, type Sign } from './home/signature.ts';
import { runStage } from './home/stage.ts';
import { openModels, type TrainRecord } from './home/train-record.ts';
import { NO_TIME } from './home/versions.ts';
import { content } from './model/content/content.ts';
import { fitDiscovery } from './model/discovery/discovery-file.ts';
import { GRAM, readGram } from './model/gram/gram-file.ts';
import { addContent, addUsers } from './model/gram/gram-matrices.ts';
import { ItemKnnOptions, itemKnnFromGram } from './model/knn/item-knn.ts';
import { solveSlimWithParts, titlesOf } from './model/linear/slim.ts';
import type { SlimWeights } from './model/linear/slim-weights.ts';
import { titleFactsOf } from './model/rank/features/title-facts.ts';
import { statisticsOf, usersOf } from './model/rank/features/title-statistics.ts';
import { hasSecondStage } from './model/rank/rank.ts';
import { rank } from './model/rank/rank-model.ts';
import { readNetworks, SecondStage } from './model/rank/second-stage.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import { MODEL_NAMES, writeBundle } from './recommend/bundle-file.ts';
import { facetsOf } from './recommend/facets.ts';
import { checkQuality, type QualityComparison } from './recommend/quality-gate.ts';
import { Ranker } from './recommend/ranker.ts';
import { type Evaluated, evaluationOf } from './track/evaluation.ts';
import { recordPublication } from './track/publication.ts';
import { runOf } from './track/run-record.ts';
import { openTrackingServer } from './track/tracker.ts';
import type { TrafficBaseline } from './traffic/traffic.ts';
import { trainingTraffic } from './traffic/training-traffic.ts';

export interface PublishOptions {
  readonly home: string;
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
  /** file of the private key (Ed25519, PEM) that signs the bundle; null or absent = it is not signed */
  readonly sign?: string | null;
  /** how much worse it may be than the bundle in use (recommend/quality-gate.ts) */
  readonly margin?: number;
  /** publishes it even when it is worse */
  readonly force?: boolean;
  /** publishes titles of which nothing says whether they are for adults */
  readonly noAdultFlag?: boolean;
  /** gs:// address that the bundle is pushed to as well, and put in use there; null or absent = none */
  readonly to?: string | null;
  readonly cloud?: CloudOptions;
  /** keeps times out of the bundle and its version; default: false */
  readonly reproducible?: boolean;
  /** where the bundle becomes a version of a model */
  readonly track?: TrackOptions;
  readonly access?: TrackAccess;
  /** how many earlier bundles to keep for rolling back; default 2 */
  readonly keep?: number;
}

export interface Published extends Artefact {
  readonly comparison: QualityComparison;
  /** null = the bundle was not pushed anywhere */
  readonly pushed: Pushed | null;
}

/**
 * Fits once more, now on all users: G is a sum over users, so the part of the held-out users is added to the training G.
 * The options are those of the current 'model' artefact.
 * @throws WorseBundleError when its model is worse than that of the bundle in use; nothing has been written then
 */
export async function publish(options: PublishOptions): Promise<Published> {
  const { home, progress = NO_PROGRESS } = options;
  // so that a wrong or missing key, or a wrong address, is reported before the work
  if (options.to) parseCloudAddress(options.to);
  if (options.track) openTrackingServer(options.track, options.access ?? {});
  const sign = options.sign
    ? await openSigningKey(options.sign, (line) => progress.note(line))
    : undefined;
  return runStage(home, 'publish', progress, async () => {
    const made = await makeBundle(options, sign);
    return { ...made, pushed: await push(options, made.version) };
  });
}

/** @throws OsusumeError; the bundle is published in the home all the same */
async function push(options: PublishOptions, version: string): Promise<Pushed | null> {
  const { home, to, cloud, progress, signal } = options;
  if (!to) return null;
  const { pushBundle } = await import('./cloud/push-bundle.ts');
  return pushBundle({ home, to, version, cloud, progress, signal });
}

async function makeBundle(
  options: PublishOptions,
  sign: Sign | undefined,
): Promise<Omit<Published, 'pushed'>> {
  const { home, threads, progress = NO_PROGRESS, signal, clock, keep = 2, reproducible } = options;
  progress.step('opening the dataset and the models');
  const dataset = await openDataset(home);
  requireAdultSigns(dataset.catalogue, options.noAdultFlag === true);
  const { folder, version, record } = await openModels(home, dataset.fingerprint);
  const run = await runOf(home, { version, run: record.run });
  const { slim, itemKnn: itemKnnOptions } = publishedOptions(folder, record);
  const evaluated = await evaluationOf(home, { version, run });
  const { quality } = evaluated;
  const { margin = QUALITY_MARGIN, force = false } = options;
  const comparison = await checkQuality(home, quality, { margin, force });
  const context = { threads, progress, signal };
  const everyone = { from: 0, to: dataset.interactions.users };
  const gram = await readGram(join(folder, GRAM), dataset.items.size);
  await addUsers(
    gram,
    dataset,
    { from: dataset.parts.train.to, to: dataset.interactions.users },
    slim,
    context,
  );
  // with the preference weights that G was made with
  const itemKnn = await itemKnnFromGram(
    gram,
    { ...itemKnnOptions, weights: slim.weights },
    context,
  );
  await addContent(gram, dataset, slim, context);
  const models = {
    slim: await solveSlimWithParts(gram, titlesOf(dataset, everyone), slim, context),
    itemKnn,
    content: await content.load(folder),
  };
  progress.step('what people have seen and not named');
  const discovery = fitDiscovery(dataset, everyone, models.slim);
  const secondStage = await openSecondStage(folder, record, dataset, models.slim);
  progress.step('writing the bundle');
  const metrics = measured(evaluated, secondStage ? rank.name : MODEL_NAMES.hybrid);
  const traffic = expectedTraffic(dataset, models.slim, secondStage);
  const artefact = await writeArtefact(
    home,
    'bundle',
    (target) =>
      writeBundle(target, {
        ...{ dataset, models, secondStage, metrics, quality, traffic, discovery },
        clock: reproducible ? () => NO_TIME : clock,
      }),
    { clock, keep, sign, reproducible },
  );
  const recording = { track: options.track, access: options.access, clock, progress };
  if (run !== null) await recordPublication(home, run, artefact, metrics ?? {}, recording);
  progress.end();
  return { ...artefact, comparison };
}

/**
 * The networks as they were trained, above the first stage and the statistics of everyone.
 * @returns null when none was trained
 */
async function openSecondStage(
  folder: string,
  { models }: TrainRecord,
  { catalogue, interactions }: Dataset,
  first: SlimWeights,
): Promise<SecondStage | null> {
  if (!(rank.name in models) || !(await hasSecondStage(folder))) return null;
  const networks = await readNetworks(folder);
  const everyone = usersOf({ from: 0, to: interactions.users });
  const titles = titleFactsOf(catalogue, statisticsOf(interactions, everyone));
  return new SecondStage(first, titles, networks);
}

/** What the bundle would be asked and answer if its visitors were the people of its data. */
function expectedTraffic(
  { catalogue, items, interactions }: Dataset,
  hybrid: SlimWeights,
  secondStage: SecondStage | null,
): TrafficBaseline {
  const facets = facetsOf(catalogue, items);
  const ranker = new Ranker({ catalogue, facets, models: { hybrid }, secondStage });
  return trainingTraffic({ catalogue, interactions }, (profile) =>
    ranker.recommend(profile, { because: 0 }).map(({ anime }) => items.indexOf(anime.animeId)),
  );
}

/**
 * The options of the models that a bundle has.
 * @throws ArtefactError when one of them was not trained, or was trained by a version with other options
 */
function publishedOptions(folder: string, { options, models }: TrainRecord) {
  const missing = Object.values(MODEL_NAMES).filter((name) => !(name in models));
  if (missing.length > 0)
    throw new ArtefactError(
      `A bundle needs ${missing.join(', ')}, and they are not among the current models: run "osusume train" with them among --models`,
    );
  const of = <Schema extends TSchema>(name: string, schema: Schema) => {
    const found = options[name];
    if (Value.Check(schema, found)) return found;
    const [error] = Value.Errors(schema, found);
    throw new ArtefactError(
      `${folder} has the options of ${name} of another version of Osusume (${error.instancePath || '/'} ${error.message}): run "osusume train" again`,
    );
  };
  return { slim: of('slim', SlimOptions), itemKnn: of('item-knn', ItemKnnOptions) };
}

const METRICS = {
  likedNdcg10: 'ndcg10',
  likedRecall20: 'recall20',
  likedNdcg100: 'ndcg100',
} as const;

/** undefined: they were not evaluated */
function measured(
  { models, people }: Evaluated,
  published: string,
): Record<string, number> | undefined {
  const liked = models[published] ?? {};
  // a run without held-out users has no means
  const found = Object.entries(METRICS).filter(([, key]) => key in liked);
  if (found.length === 0) return undefined;
  const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
  return { ...Object.fromEntries(found.map(([name, key]) => [name, rounded(liked[key])])), people };
}
