/** What `osusume serve` does: without a bundle the pipeline first, then the server until it is told to stop. */
import { type Config, importAccess } from './config.ts';
import { currentVersion } from './home/artefact.ts';
import type { Progress } from './terminal/progress.ts';

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
    const { pipeline } = await import('./pipeline.ts');
    await pipeline({ config, progress, signal });
  }
  const { serve } = await import('./serve.ts');
  const sites = { ...config.import, ...importAccess() };
  const server = await serve({
    home,
    ...config.serve,
    posters: config.posters,
    sites,
    words: { ...config.explain, key: modelKey },
    adminKey,
    signal,
  });
  if (adminKey) progress.note(`The operators' console is at ${server.url}/admin`);
  progress.note(`Osusume is at ${server.url}`);
  await aborted(signal);
  await server.close();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
