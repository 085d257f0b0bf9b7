/** All stages in one command: ingest → prepare → train → evaluate → publish → map. Each is loaded when it begins. */
import { type Config, trackAccess } from './config/config.ts';
import { requireAdultSigns } from './data/catalogue/adult.ts';
import { runStage } from './home/stage.ts';
import type { Leaderboard } from './metric/leaderboard.ts';
import { CHARTS, ROWS, requirePackages } from './program/optional-package.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';

export interface PipelineOptions {
  readonly config: Config;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** publishes a bundle even when it is worse than the one in use */
  readonly force?: boolean;
  /** publishes titles of which nothing says whether they are for adults */
  readonly noAdultFlag?: boolean;
  /** false: no map is made; serving does not need one */
  readonly map?: boolean;
}

export interface PipelineResult {
  /** version of the published bundle */
  readonly bundle: string;
  /** version of the map of its titles; null when none was made */
  readonly map: string | null;
  readonly leaderboard: Leaderboard;
  /** how long each stage took */
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * @throws LockedError at once when another process runs a stage at this home; MissingPackageError before any stage
 */
export async function pipeline(options: PipelineOptions): Promise<PipelineResult> {
  const { config, progress = NO_PROGRESS } = options;
  await requirePackages('pipeline', [...ROWS, ...CHARTS]);
  return runStage(config.home, 'pipeline', progress, () => runStages(options));
}

async function runStages({
  config,
  progress = NO_PROGRESS,
  signal,
  force,
  noAdultFlag,
  map: withMap = true,
}: PipelineOptions): Promise<PipelineResult> {
  const { home, source, threads, cloud } = config;
  const common = { home, threads, progress, signal };
  const tracking = { track: config.track, access: trackAccess() };
  const seconds: Record<string, number> = {};
  const stage = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    seconds[name] = Math.round((performance.now() - started) / 100) / 10;
    progress.end();
    progress.note(`${name} done in ${seconds[name].toFixed(1)} s`);
    return result;
  };
  await stage('ingest', async () =>
    (await import('./ingest.ts')).ingest({ ...common, source, cloud, ...config.ingest }),
  );
  const { dataset } = await stage('prepare', async () =>
    (await import('./prepare.ts')).prepare({ ...common, ...config.prepare }),
  );
  // before the long work, and not at its end
  requireAdultSigns(dataset.catalogue, noAdultFlag === true);
  await stage('train', async () =>
    (await import('./train.ts')).train({ ...common, ...config.train, ...tracking }),
  );
  const leaderboard = await stage('evaluate', async () =>
    (await import('./evaluate.ts')).evaluate({
      ...common,
      seed: config.prepare.seed,
      ...tracking,
    }),
  );
  const { comparisonText } = await import('./recommend/quality-gate.ts');
  const bundle = await stage('publish', async () =>
    (await import('./publish.ts')).publish({
      ...{ ...common, ...config.publish, ...tracking, cloud, force, noAdultFlag },
    }),
  );
  progress.note(comparisonText(bundle.comparison));
  progress.note(
    `Bundle ${bundle.version} is published and can be served; the map of its titles is made last`,
  );
  if (!withMap) return { bundle: bundle.version, map: null, leaderboard, seconds };
  const map = await stage('map', async () =>
    (await import('./map.ts')).map({ home, progress, signal }),
  );
  return { bundle: bundle.version, map: map.version, leaderboard, seconds };
}
