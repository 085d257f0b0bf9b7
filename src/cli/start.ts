/**
 * What `osusume serve` does: without a bundle the pipeline first, then the server until it is told to stop. Where there
 * is no map yet, a thread of its own makes one while the server answers, which takes it up by itself.
 */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../built-file.ts';
import { type Config, importAccess } from '../config/config.ts';
import { currentVersion } from '../home/artefact.ts';
import type { Progress } from '../progress.ts';

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
  'For real data: osusume pipeline --source <folder, .zip or address>, e.g. what "osusume fetch" downloads';

export async function start(options: StartOptions): Promise<void> {
  const { config, modelKey, adminKey, progress, signal } = options;
  const { home, source } = config;
  if ((await currentVersion(home, 'bundle')) === null) {
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
  const mapping = (await currentVersion(home, 'map')) === null ? mapBeside(home, progress) : null;
  await aborted(signal);
  await Promise.all([server.close(), mapping?.terminate()]);
}

/** The server goes on without a map when none can be made. */
function mapBeside(home: string, progress: Progress): Worker {
  const thread = new Worker(builtFile('map-worker.js'), { workerData: home });
  thread.once('message', (titles: number) => progress.note(`The map shows ${titles} titles`));
  thread.once('error', (error) =>
    progress.note(
      `The map could not be made, all else is served: ${error.message}. To try again: osusume map`,
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
