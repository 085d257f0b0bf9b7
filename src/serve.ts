/** Stage: opens a bundle, answers, swaps in a new one when it is published, closes gracefully. */
import { fileURLToPath } from 'node:url';
import { builtFile } from './built-file.ts';
import type { PosterOptions } from './config/poster-options.ts';
import type { TrustProxy } from './config/trust-proxy-option.ts';
import { OsusumeError } from './error.ts';
import { openTextGeneration, type TextGenerationOptions } from './explain/text-generation.ts';
import type { Sites } from './import/sites.ts';
import { openPosters } from './poster/open.ts';
import { buildApp } from './server/app.ts';
import { drainConnections } from './server/http/drain.ts';
import { openCurrent, watchBundle } from './server/state/bundle-watch.ts';
import { CurrentBundle } from './server/state/current-bundle.ts';
import { CurrentMap } from './server/state/current-map.ts';

export interface ServeLog {
  info(line: string): void;
  error(line: string): void;
}

export interface ServeOptions {
  readonly home: string;
  readonly host: string;
  /** 0 = any free one */
  readonly port: number;
  readonly logger?: ServeLog;
  /** aborting closes the server */
  readonly signal?: AbortSignal;
  /** how often to look for a new bundle; default 1,000 */
  readonly pollMs?: number;
  /** the folder of the built page; default: what the build made */
  readonly page?: string | null;
  /** of the operators' console; default: there is none */
  readonly adminKey?: string | null;
  /** origins whose pages may use the API; default: none */
  readonly allowedOrigins?: readonly string[];
  /** proxies whose word about a visitor's address is taken; default: none */
  readonly trustProxy?: TrustProxy;
  /** absent: no posters are fetched */
  readonly posters?: PosterOptions;
  /** where lists are looked up by name; default: the sites themselves, without MyAnimeList's client id */
  readonly sites?: Sites;
  /** the language model, if any; default: none */
  readonly textGeneration?: Omit<TextGenerationOptions, 'home' | 'log'>;
}

export interface Served {
  readonly url: string;
  /** Accepts nothing new, finishes what runs, closes the files. May be called more than once. */
  close(): Promise<void>;
  /** settles when the server has closed */
  readonly closed: Promise<void>;
}

const STDERR: ServeLog = {
  info: (line) => void process.stderr.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
};

/**
 * Serves the current bundle. When there is none yet the server runs, says so at /readyz, and takes the first one
 * that appears.
 * @throws ArtefactError when the bundle is damaged; OsusumeError when the address cannot be listened on
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const {
    home,
    host,
    port,
    logger = STDERR,
    signal,
    pollMs = 1000,
    page = fileURLToPath(builtFile('web')),
  } = options;
  const { allowedOrigins, trustProxy } = options;
  const bundles = new CurrentBundle();
  if (!(await openCurrent({ home, bundles, info: logger.info })))
    logger.info(`No bundle in ${home} yet: waiting for the first one`);
  const posters = options.posters
    ? await openPosters({ home, ...options.posters, report: logger.info })
    : null;
  const maps = new CurrentMap(home, logger.error);
  await maps.refresh();
  const textGeneration = await openTextGeneration({
    ...options.textGeneration,
    home,
    log: logger.info,
  });
  const { sites } = options;
  const admin = options.adminKey
    ? {
        home,
        key: options.adminKey,
        page: page && fileURLToPath(builtFile('admin')),
        info: logger.info,
      }
    : undefined;
  const app = await buildApp({
    bundles,
    maps,
    page,
    admin,
    posters,
    sites,
    textGeneration,
    allowedOrigins,
    trustProxy,
    report: logger.error,
  });
  const drain = drainConnections(app.server);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await Promise.all([app.close(), bundles.close(), posters?.close()]);
    throw new OsusumeError(listenProblem(error as NodeJS.ErrnoException, host, port));
  }
  const stopped = new AbortController();
  const watching = watchBundle({
    home,
    bundles,
    pollMs,
    signal: stopped.signal,
    info: logger.info,
    error: logger.error,
  });
  const watchingMap = maps.watch(pollMs, stopped.signal);
  let closed: Promise<void> | undefined;
  let settle = () => {};
  const served: Served = {
    url: urlOf(app.server.address(), host),
    close() {
      closed ??= closeAll().finally(settle);
      return closed;
    },
    closed: new Promise((resolve) => {
      settle = resolve;
    }),
  };
  async function closeAll(): Promise<void> {
    stopped.abort();
    await drain(() => app.close());
    await Promise.all([watching, watchingMap, posters?.close()]);
    await bundles.close();
  }
  if (signal?.aborted) await served.close();
  signal?.addEventListener('abort', () => void served.close(), { once: true });
  return served;
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): string {
  const address = `${host}:${port}`;
  if (error.code === 'EADDRINUSE')
    return `Cannot serve at ${address}: that port is taken. Choose another with --port`;
  if (error.code === 'EACCES')
    return `Cannot serve at ${address}: permission was denied. Choose a port above 1023 with --port`;
  if (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL')
    return `Cannot serve at ${address}: this machine has no such address. Choose another with --host`;
  return `Cannot serve at ${address}: ${error.message}`;
}

function urlOf(address: ReturnType<import('node:net').Server['address']>, host: string): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const name =
    host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
