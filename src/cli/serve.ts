/**
 * osusume serve: runs the pipeline first when there is no bundle, then serves until it is stopped. If there is no map
 * yet, a worker thread makes one while the server already answers, and the server loads it when it is done.
 */
import { Worker } from 'node:worker_threads';
import { Option } from 'commander';
import { builtFile } from '../built-file.ts';
import { adminKey, type Config, importAccess, modelKey } from '../config/config.ts';
import { currentVersion } from '../home/artefact.ts';
import type { Progress } from '../progress.ts';
import { action, command } from './command.ts';
import { sourceOption } from './options.ts';

export const serveCommand = command(
  'serve',
  'serve the page and the API; without a bundle, run the pipeline first',
)
  .option('--port <n>', 'default: PORT or 3000')
  .option('--host <address>', 'default: HOST or 127.0.0.1')
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
  .addOption(sourceOption())
  .action(
    action(async ({ config, progress, signal }) => {
      const keys = { modelKey: modelKey(), adminKey: adminKey() };
      await start({ config, ...keys, progress, signal });
      return { json: { closed: true }, text: 'Closed.' };
    }),
  );

export interface StartOptions {
  readonly config: Config;
  /** of the language model; secret */
  readonly modelKey?: string;
  /** of the operators' console; secret */
  readonly adminKey?: string | null;
  readonly progress: Progress;
  /** aborting closes the server gracefully */
  readonly signal: AbortSignal;
}

const REAL_DATA =
  'For real data: osusume pipeline --source <folder, .zip or address>, e.g. the archive that "osusume fetch" downloads';

export async function start(options: StartOptions): Promise<void> {
  const { config, modelKey, adminKey, progress, signal } = options;
  const { home, source } = config;
  // A bundle made here without a key would not be accepted.
  const mayPublish = config.serve.trust.length === 0 || config.publish.sign !== null;
  if ((await currentVersion(home, 'bundle')) === null && mayPublish) {
    progress.note(
      source
        ? `No bundle in ${home} yet: making one from ${source}`
        : `No data yet: making a bundle from the built-in sample (synthetic people, real titles). ${REAL_DATA}`,
    );
    const { pipeline } = await import('../pipeline.ts');
    await pipeline({ config, progress, signal, map: false });
  }
  const { serve } = await import('../serve.ts');
  const sites = { ...config.import, ...importAccess() };
  const server = await serve({
    home,
    ...config.serve,
    posters: config.posters,
    sites,
    textGeneration: { ...config.explain, key: modelKey },
    adminKey,
    signal,
  });
  if (adminKey) progress.note(`The operators' console is at ${server.url}/admin`);
  progress.note(`Osusume is at ${server.url}`);
  const mapping = (await currentVersion(home, 'map')) === null ? makeMap(home, progress) : null;
  await aborted(signal);
  await Promise.all([server.close(), mapping?.terminate()]);
}

/** Makes the map in a worker thread. When it fails, the server runs without a map. */
function makeMap(home: string, progress: Progress): Worker {
  const thread = new Worker(builtFile('map-worker.js'), { workerData: home });
  thread.once('message', (titles: number) => progress.note(`The map shows ${titles} titles`));
  thread.once('error', (error) =>
    progress.note(
      `The map could not be made (${error.message}); everything else is served. Try again with: osusume map`,
    ),
  );
  return thread;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
