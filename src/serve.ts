/** Stage: opens a bundle, answers requests, swaps in a new bundle when one is published, and closes gracefully. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CloudOptions } from './cloud/open-store.ts';
import type { LimitSettings } from './config/limit-settings.ts';
import type { PosterOptions } from './config/poster-options.ts';
import type { TrustProxy } from './config/trust-proxy-option.ts';
import { OsusumeError } from './error.ts';
import {
  openTextGeneration,
  type TextGeneration,
  type TextGenerationOptions,
} from './explain/text-generation.ts';
import { readTrustedKeys, type TrustedKey } from './home/signature.ts';
import type { Sites } from './import/site/sites.ts';
import { openPosters } from './poster/open.ts';
import type { Posters } from './poster/posters.ts';
import { builtFile } from './program/built-file.ts';
import { type AppOptions, type AppWatch, buildApp } from './server/app.ts';
import { isLoopback } from './server/http/hosts.ts';
import { drainConnections } from './server/limits/drain.ts';
import { followBucket } from './server/state/bucket-follow.ts';
import { BundleWatch } from './server/state/bundle-watch.ts';
import { CurrentBundle } from './server/state/current-bundle.ts';
import { CurrentMap } from './server/state/current-map.ts';
import { Metrics } from './server/watch/metrics.ts';
import { type MetricsServer, serveMetrics } from './server/watch/metrics-server.ts';
import type { Fields } from './watch/log.ts';

export interface ServeLog {
  info(line: string, fields?: Fields): void;
  /** default: as info */
  warn?(line: string, fields?: Fields): void;
  error(line: string, fields?: Fields): void;
}

export interface ServeOptions {
  readonly home: string;
  readonly host: string;
  /** 0 = any free port */
  readonly port: number;
  readonly logger?: ServeLog;
  /** follow each request; whoever made them closes them after the server. Default: nobody does */
  readonly watch?: Omit<AppWatch, 'metrics'>;
  /** where metrics are served without a key, 0 = any free port; default: nowhere */
  readonly metricsPort?: number | null;
  /** the address of that port; default: host */
  readonly metricsHost?: string | null;
  /** closes the server when it aborts */
  readonly signal?: AbortSignal;
  /** files of public keys; only bundles signed by one of them are served. Default: every bundle is */
  readonly trust?: readonly string[];
  /** ms between two looks for a new bundle; default 1,000 */
  readonly pollMs?: number;
  /** gs:// address whose newest bundle is fetched into the home, and followed; null or absent = none */
  readonly from?: string | null;
  readonly cloud?: CloudOptions;
  /** ms between two looks for a new bundle there; default 10,000 */
  readonly followPollMs?: number;
  /** ms; a new bundle is taken up after a random part of it; default 0 */
  readonly followSpreadMs?: number;
  /** ms between the signal to close and refusing connections; default 0 */
  readonly drainMs?: number;
  /** the folder of the built page; default: the one in dist/; null = no page */
  readonly page?: string | null;
  /** of the operators' console; without a key there is no console */
  readonly adminKey?: string | null;
  /** origins whose pages may use the API; default: none */
  readonly allowedOrigins?: readonly string[];
  /** origins whose pages may show the page in a frame; default: none */
  readonly frameAncestors?: readonly string[];
  /**
   * Names that requests may call the server by, beside those of this machine. Default: any, unless it listens to this
   * machine only and trusts no proxy.
   */
  readonly allowedHosts?: readonly string[];
  /** proxies whose X-Forwarded-For is believed; default: none */
  readonly trustProxy?: TrustProxy;
  /** answers with the lists of the data set's users by id; default: true */
  readonly people?: boolean;
  /** lists are written by server/fast-list instead of the schema serialiser; default: true */
  readonly fastLists?: boolean;
  /** of what one visitor may ask for, and of load; default: those of LimitSettings */
  readonly limits?: LimitSettings;
  /** without them no posters are fetched */
  readonly posters?: PosterOptions;
  /** where lists are looked up by name; default: the public sites, without a client id for MyAnimeList */
  readonly sites?: Sites;
  /** the language model, if any; default: none */
  readonly textGeneration?: Omit<TextGenerationOptions, 'home' | 'log'>;
}

export interface Served {
  readonly url: string;
  /** of the metrics; null = they have no port of their own */
  readonly metricsUrl: string | null;
  /** Stops accepting requests, finishes those that run and closes all files. It may be called more than once. */
  close(): Promise<void>;
  /** settles when the server has closed */
  readonly closed: Promise<void>;
}

const STDERR: ServeLog = {
  info: (line) => void process.stderr.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
};

/**
 * Serves the current bundle. Without one the server runs, is not ready (/readyz), and takes the first that appears.
 * @throws ArtefactError when the bundle is damaged or not signed by a trusted key; OsusumeError when the server cannot listen at the address
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const { host, port, signal, pollMs = 1000, drainMs = 0, metricsPort = null } = options;
  const { logger = options.watch?.log ?? STDERR } = options;
  const metricsHost = options.metricsHost ?? host;
  const stopped = new AbortController();
  const sources = await openSources(options, logger, stopped.signal);
  const { bundles, watch, maps, posters, metrics } = sources;
  const closing = new AbortController();
  const app = await buildApp({
    ...appOptions(options, sources, logger),
    closing: closing.signal,
  });
  const closeSources = async () => {
    metrics?.stop();
    await Promise.all([bundles.close(), posters?.close()]);
  };
  let metricsServer: MetricsServer | null = null;
  try {
    // The routes are made ready while the disk is read.
    await Promise.all([sources.opening, app.ready()]);
    if (metrics && metricsPort !== null)
      metricsServer = await listening(metricsHost, metricsPort, METRICS_OPTIONS, () =>
        serveMetrics(metrics, metricsHost, metricsPort),
      );
    await listening(host, port, OPTIONS, () => app.listen({ host, port }));
  } catch (error) {
    stopped.abort();
    await Promise.all([app.close(), metricsServer?.close(), closeSources()]);
    throw error;
  }
  const watching = [
    watch.run(pollMs, stopped.signal),
    maps.watch(pollMs, stopped.signal),
    sources.following,
  ];
  const urls = {
    url: urlOf(app.server.address(), host),
    metricsUrl: metricsServer && `${urlOf(metricsServer, metricsHost)}/metrics`,
  };
  const served = closeOnce(urls, async () => {
    closing.abort();
    // Whoever balances loads sees that it is not ready, and clients learn it from their next answer.
    await sleep(drainMs);
    stopped.abort();
    await drainConnections(app.server, () => app.close());
    await Promise.all(watching);
    await closeSources();
    await metricsServer?.close();
  });
  if (signal?.aborted) await served.close();
  signal?.addEventListener('abort', () => void served.close(), { once: true });
  return served;
}

/** What the server answers from. */
interface Sources {
  /** null = nobody can ask for them */
  readonly metrics: Metrics | null;
  readonly trust: readonly TrustedKey[];
  readonly bundles: CurrentBundle;
  readonly watch: BundleWatch;
  /** settles when the bundle and the map are open, or cannot be */
  readonly opening: Promise<void>;
  /** settles when the bucket is no longer followed */
  readonly following: Promise<void>;
  readonly maps: CurrentMap;
  readonly posters: Posters | null;
  readonly textGeneration: TextGeneration;
}

async function openSources(
  options: ServeOptions,
  logger: ServeLog,
  stopped: AbortSignal,
): Promise<Sources> {
  const { home } = options;
  const info = (line: string) => logger.info(line);
  const error = (line: string) => logger.error(line);
  const trust = await readTrustedKeys(options.trust ?? []);
  const bundles = new CurrentBundle();
  const metrics = await openMetrics(options, bundles);
  const meter = metrics?.services;
  const watchLists = metrics?.lists && ((bundle: ListedBundle) => metrics.lists.watch(bundle));
  const { from, followPollMs, followSpreadMs, cloud } = options;
  const onRefused = () => bundles.refuse('bucket');
  const follow = { home, cloud, trust, info, error, onRefused, followPollMs, followSpreadMs };
  const ended = options.signal ? AbortSignal.any([stopped, options.signal]) : stopped;
  const { following } = await followBucket(from ?? null, follow, ended);
  const watch = new BundleWatch({ home, bundles, trust, watchLists, info, error });
  const maps = new CurrentMap(home, error);
  const opening = watch.start().then(() => maps.refresh());
  const posters = options.posters
    ? await openPosters({ home, ...options.posters, report: info, meter })
    : null;
  const model = { ...options.textGeneration, home, log: info, meter };
  const textGeneration = await openTextGeneration(model);
  return { metrics, trust, bundles, watch, opening, following, maps, posters, textGeneration };
}

type ListedBundle = Parameters<Metrics['lists']['watch']>[0];

/** @returns null when nobody could ask for metrics: there is neither a port nor a key */
async function openMetrics(options: ServeOptions, bundles: CurrentBundle): Promise<Metrics | null> {
  const { adminKey, metricsPort = null, watch } = options;
  if (metricsPort === null && !adminKey) return null;
  const traces = watch?.traces ?? undefined;
  return Metrics.open({ bundles, traces, droppedLines: () => watch?.log?.dropped ?? 0 });
}

function appOptions(options: ServeOptions, sources: Sources, logger: ServeLog): AppOptions {
  const {
    home,
    adminKey,
    sites,
    allowedOrigins,
    frameAncestors,
    trustProxy,
    fastLists,
    people,
    limits,
  } = options;
  const { page = fileURLToPath(builtFile('web')) } = options;
  const adminPage = page && fileURLToPath(builtFile('admin'));
  return {
    ...sources,
    page,
    admin: adminKey
      ? {
          ...{ home, key: adminKey, trust: sources.trust, page: adminPage },
          ...{ info: (line) => logger.info(line), warn: warnBy(logger) },
          metrics: options.metricsPort == null ? sources.metrics : null,
        }
      : undefined,
    sites,
    allowedOrigins,
    frameAncestors,
    hosts: hostsOf(options),
    trustProxy,
    fastLists,
    people,
    limits,
    report: (line, fields) => logger.error(line, fields),
    watch: { ...options.watch, metrics: sources.metrics },
  };
}

function warnBy(logger: ServeLog): NonNullable<ServeLog['warn']> {
  return (line, fields) => (logger.warn ? logger.warn(line, fields) : logger.info(line, fields));
}

/** @returns null = any */
function hostsOf({ host, allowedHosts = [], trustProxy = false }: ServeOptions) {
  const local = isLoopback(host) && trustProxy === false;
  return local || allowedHosts.length > 0 ? allowedHosts : null;
}

function closeOnce(
  urls: Pick<Served, 'url' | 'metricsUrl'>,
  closeAll: () => Promise<void>,
): Served {
  let settle = () => {};
  const closed = new Promise<void>((resolve) => {
    settle = resolve;
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeAll().finally(settle);
    return closing;
  };
  return { ...urls, close, closed };
}

interface AddressOptions {
  readonly port: string;
  readonly host: string;
}
const OPTIONS: AddressOptions = { port: '--port', host: '--host' };
const METRICS_OPTIONS: AddressOptions = {
  port: '--metrics-port',
  host: 'OSUSUME_METRICS_HOST (serve.metricsHost)',
};

/** @param options that choose another address @throws OsusumeError that says why nothing can listen there */
async function listening<T>(
  host: string,
  port: number,
  options: AddressOptions,
  listen: () => Promise<T>,
): Promise<T> {
  try {
    return await listen();
  } catch (cause) {
    throw new OsusumeError(
      listenProblem(cause as NodeJS.ErrnoException, `${host}:${port}`, options),
    );
  }
}

function listenProblem(
  error: NodeJS.ErrnoException,
  address: string,
  options: AddressOptions,
): string {
  if (error.code === 'EADDRINUSE')
    return `Cannot serve at ${address}: that port is taken. Choose another with ${options.port}`;
  if (error.code === 'EACCES')
    return `Cannot serve at ${address}: permission was denied. Choose a port above 1023 with ${options.port}`;
  if (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL')
    return `Cannot serve at ${address}: this machine has no such address. Choose another with ${options.host}`;
  return `Cannot serve at ${address}: ${error.message}`;
}

function urlOf(address: { readonly port: number } | string | null, host: string): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const name =
    host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
