/**
 * osusume serve: runs the pipeline first when there is no bundle, then serves until it is stopped. If there is no map
 * yet, a worker thread makes one while the server already answers, and the server loads it when it is done.
 */
import { Worker } from 'node:worker_threads';
import { Option } from 'commander';
import { adminKey, type Config, importAccess, modelKey } from '../config/config.ts';
import { withMapLock } from '../home/home-locks.ts';
import { LockedError } from '../home/lock.ts';
import { readOrigin } from '../home/origin.ts';
import { readPointer } from '../home/versions.ts';
import { builtFile } from '../program/built-file.ts';
import { MissingPackageError } from '../program/optional-package.ts';
import type { Progress } from '../progress.ts';
import type { ServeOptions } from '../serve.ts';
import { action, command } from './command.ts';
import { sourceOption } from './options.ts';

export const serveCommand = command(
  'serve',
  'serve the page and the API; without a bundle, run the pipeline first',
)
  .option('--port <n>', 'default: PORT or 3000')
  .option('--host <address>', 'default: HOST or 127.0.0.1')
  .option(
    '--metrics-port <n>',
    'serve metrics without a key there (default: OSUSUME_METRICS_PORT, or only at /metrics with the key)',
  )
  .addOption(
    new Option(
      '--posters <on|off>',
      'fetch posters from Jikan and AniList (default: OSUSUME_POSTERS or on)',
    ).choices(['on', 'off']),
  )
  .addOption(
    new Option(
      '--trust <file>',
      'serve only bundles signed by this public key; may be repeated (default: OSUSUME_TRUST)',
    ).argParser((file: string, files: string[] = []) => [...files, file]),
  )
  .option(
    '--from <address>',
    'serve the newest bundle of this gs:// address, and take up each new one (default: OSUSUME_FROM)',
  )
  .addOption(sourceOption())
  .action(
    action(async ({ config, progress, tracing, signal }) => {
      const keys = { modelKey: modelKey(config.explain), adminKey: adminKey() };
      const { watch, told, close } = await openServerWatch(config, progress);
      try {
        const traces = tracing?.requests;
        await start({ config, ...keys, watch: { ...watch, traces }, progress: told, signal });
        return { json: { closed: true }, text: 'Closed.' };
      } finally {
        await close();
      }
    }),
  );

/** Where JSON is asked for by name, notes are lines of JSON, too: then a program reads all that is written. */
async function openServerWatch({ log: settings, errors: service }: Config, progress: Progress) {
  const { openLog } = await import('../watch/log.ts');
  const { openErrorReports } = await import('../watch/error-reports.ts');
  const { loggedProgress } = await import('../watch/logged-progress.ts');
  const { endWhenUncaught } = await import('../watch/uncaught.ts');
  const errors = openErrorReports(service);
  const log = openLog({ ...settings, isTerminal: process.stderr.isTTY });
  const leaveToNode = endWhenUncaught({ log, errors });
  return {
    watch: { log, errors },
    told: settings.format === 'json' ? loggedProgress(log, progress) : progress,
    async close() {
      leaveToNode();
      await errors?.close();
      await log.close();
    },
  };
}

export interface StartOptions {
  readonly config: Config;
  /** of the language model; secret */
  readonly modelKey?: string;
  /** of the operators' console; secret */
  readonly adminKey?: string | null;
  /** follow requests; default: lines for people on standard error, and nothing of requests */
  readonly watch?: ServeOptions['watch'];
  readonly progress: Progress;
  /** aborting closes the server gracefully */
  readonly signal: AbortSignal;
}

const REAL_DATA =
  'For real data: osusume pipeline --source <folder, .zip or address>, e.g. the archive that "osusume fetch" downloads';

export async function start(options: StartOptions): Promise<void> {
  const { config, modelKey, adminKey, watch, progress, signal } = options;
  const { home } = config;
  // A bundle made here without a key would not be accepted; where bundles come from a bucket, none is made.
  const isAccepted = config.serve.trust.length === 0 || config.publish.sign !== null;
  const mayPublish = isAccepted && config.serve.from === null;
  if (mayPublish && (await needsFirstBundle(config, progress)))
    await makeFirstBundle({ config, progress, signal });
  const { serve } = await import('../serve.ts');
  const sites = { ...config.import, ...importAccess() };
  const server = await serve({
    home,
    ...config.serve,
    cloud: config.cloud,
    posters: config.posters,
    sites,
    textGeneration: { ...config.explain, key: modelKey },
    adminKey,
    watch,
    signal,
  });
  if (server.metricsUrl) progress.note(`Metrics are at ${server.metricsUrl}`);
  if (adminKey) progress.note(`The operators' console is at ${server.url}/admin`);
  progress.note(`Osusume is at ${server.url}`);
  const mapping = (await needsMap(home)) ? makeMap(home, progress, signal) : null;
  await aborted(signal);
  await Promise.all([server.close(), mapping]);
}

/**
 * Whether nothing was ever published here and a bundle can be made: from the source that is named, or from the sample
 * if the home is empty. Otherwise the server starts, is not ready, and waits.
 */
async function needsFirstBundle({ home, source }: Config, progress: Progress): Promise<boolean> {
  if ((await readPointer(home, 'bundle')).state !== 'none') return false;
  if (source !== null) {
    progress.note(`No bundle in ${home} yet: making one from ${source}`);
    return true;
  }
  const { data, about } = await readOrigin(home);
  if (data === 'real') {
    progress.note(
      `No bundle in ${home}, which holds ${about}: the built-in sample is not made beside it. Run "osusume pipeline --source <folder, .zip or address>" (or "osusume publish"); this server takes the bundle as soon as it is there`,
    );
    return false;
  }
  progress.note(
    `No data yet: making a bundle from the built-in sample (synthetic people, real titles). ${REAL_DATA}`,
  );
  return true;
}

/** When another process is making it, this one starts and takes it later. */
async function makeFirstBundle(
  options: Pick<StartOptions, 'config' | 'progress' | 'signal'>,
): Promise<void> {
  const { pipeline } = await import('../pipeline.ts');
  try {
    await pipeline({ ...options, map: false });
  } catch (error) {
    if (!isNoReasonToStop(error, options.config)) throw error;
    options.progress.note(`${error.message}. This server takes a bundle as soon as one is there`);
  }
}

/** Another process makes the bundle; or nobody asked for one, and this installation only serves. */
function isNoReasonToStop(error: unknown, { source }: Config): error is Error {
  return error instanceof LockedError || (error instanceof MissingPackageError && source === null);
}

async function needsMap(home: string): Promise<boolean> {
  const [map, bundle] = await Promise.all([readPointer(home, 'map'), readPointer(home, 'bundle')]);
  return map.state === 'none' && bundle.state === 'sound';
}

/** Makes the map in a worker thread. When it fails, the server runs without a map. */
async function makeMap(home: string, progress: Progress, signal: AbortSignal): Promise<void> {
  try {
    const lock = { doing: 'osusume serve (its map)', signal };
    await withMapLock(home, lock, () => mapInWorker(home, progress, signal));
  } catch (error) {
    if (signal.aborted) return;
    progress.note(
      `The map could not be made (${(error as Error).message}); everything else is served. Try again with: osusume map`,
    );
  }
}

async function mapInWorker(home: string, progress: Progress, signal: AbortSignal): Promise<void> {
  const thread = new Worker(builtFile('map-worker.js'), { workerData: home });
  const stop = () => void thread.terminate();
  signal.addEventListener('abort', stop, { once: true });
  thread.once('message', (titles: number) => progress.note(`The map shows ${titles} titles`));
  try {
    await new Promise<void>((resolve, reject) => {
      thread.once('error', reject);
      thread.once('exit', () => resolve());
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
