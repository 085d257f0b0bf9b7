/** Builds the server; never listens. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImportOptions } from '../config/import-options.ts';
import { LimitSettings } from '../config/limit-settings.ts';
import { parseOptions } from '../config/parse-options.ts';
import type { TrustProxy } from '../config/trust-proxy-option.ts';
import { openTextGeneration, type TextGeneration } from '../explain/text-generation.ts';
import type { Sites } from '../import/site/sites.ts';
import type { Posters } from '../poster/posters.ts';
import type { ErrorReports } from '../watch/error-reports.ts';
import type { Fields, Log } from '../watch/log.ts';
import type { RequestTraces } from '../watch/tracing.ts';
import { ListWriter } from './fast-list/list-writer.ts';
import { graphqlRoute } from './graphql/route.ts';
import { compressAnswers } from './http/compression.ts';
import { allowOrigins } from './http/cors.ts';
import { type App, newServer } from './http/fastify.ts';
import { refuseOtherHosts } from './http/hosts.ts';
import { refuseUnknown } from './http/methods.ts';
import { liveReload, type PagePolicy, pageHeaders } from './http/page-policy.ts';
import { problemHandler } from './http/problem.ts';
import { secureAnswers } from './http/security-headers.ts';
import { limitBodies } from './limits/bodies.ts';
import { closeAfterAnswers } from './limits/drain.ts';
import { closeAfterEarlyAnswers } from './limits/early-answers.ts';
import { continueWhenWelcome } from './limits/expect-continue.ts';
import { guardedServer } from './limits/guarded-server.ts';
import { limitWork } from './limits/limit-work.ts';
import { OwnAddresses } from './limits/own-address.ts';
import { describeRoutes } from './openapi/openapi.ts';
import { type AdminOptions, adminRoutes } from './routes/admin.ts';
import { adminPage } from './routes/admin-page.ts';
import { animeRoutes } from './routes/anime.ts';
import { batchRoutes } from './routes/batch.ts';
import { bundleRoutes } from './routes/bundle.ts';
import { chatRoutes } from './routes/chat.ts';
import { explanationRoutes } from './routes/explanations.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/imports.ts';
import { mapRoutes } from './routes/map.ts';
import { opinionRoutes } from './routes/opinions.ts';
import { pageRoutes } from './routes/page.ts';
import { posterRoutes } from './routes/posters.ts';
import { listPartsBy, recommendationRoutes } from './routes/recommendations.ts';
import { type Cards, shareRoutes } from './routes/share.ts';
import { shelfRoutes } from './routes/shelves.ts';
import { starterRoutes } from './routes/starters.ts';
import { tasteRoutes } from './routes/taste.ts';
import { userRoutes } from './routes/users.ts';
import type { CurrentBundle } from './state/current-bundle.ts';
import type { CurrentMap } from './state/current-map.ts';
import { RequestCounts } from './state/request-counts.ts';
import { type Failures, failureReport } from './watch/failures.ts';
import { fastifyLog } from './watch/fastify-log.ts';
import type { Limit, Metrics } from './watch/metrics.ts';
import { watchRequests, watchUnreadable } from './watch/watch-requests.ts';

export interface AppOptions {
  readonly bundles: CurrentBundle;
  /** without them no map is served */
  readonly maps?: Pick<CurrentMap, 'map'>;
  /** the folder of the built page; when it is null or does not exist, / answers 503 */
  readonly page: string | null;
  /** the operators' console; default: none */
  readonly admin?: AdminOptions;
  /** origins whose pages may use the API, such as https://portal.example; "*" = any; default: none */
  readonly allowedOrigins?: readonly string[];
  /** origins whose pages may show the page in a frame; default: none */
  readonly frameAncestors?: readonly string[];
  /** names that requests may call the server by, beside those of this machine; default: any */
  readonly hosts?: readonly string[] | null;
  /** proxies whose X-Forwarded-For is believed; default: none */
  readonly trustProxy?: TrustProxy;
  /** answers with the lists of the data set's users by id; default: true */
  readonly people?: boolean;
  /** lists are written by fast-list/ instead of the schema serialiser; default: true */
  readonly fastLists?: boolean;
  /** of what one visitor may ask for, and of load; default: those of LimitSettings */
  readonly limits?: LimitSettings;
  /** draw the pictures of shared links; default: a thread of this process */
  readonly cards?: Cards;
  /** without them no posters are fetched */
  readonly posters?: Posters | null;
  /** where lists are looked up by name; default: the public sites, without a client id for MyAnimeList */
  readonly sites?: Sites;
  /** writes explanations; default: templates without a language model */
  readonly textGeneration?: TextGeneration;
  /** aborts when the server begins to close: it is not ready any more, and asks clients to connect elsewhere */
  readonly closing?: AbortSignal;
  /** receives one line about each unexpected failure */
  readonly report: (line: string, fields?: Fields) => void;
  /** who follows requests; default: nobody */
  readonly watch?: AppWatch;
}

export interface AppWatch {
  readonly log?: Log | null;
  readonly metrics?: Metrics | null;
  readonly traces?: RequestTraces | null;
  readonly errors?: ErrorReports | null;
}

export async function buildApp(options: AppOptions): Promise<App> {
  const { bundles, page, admin, allowedOrigins = [], frameAncestors } = options;
  const { closing = new AbortController().signal } = options;
  const { limits = parseOptions(LimitSettings, {}, 'limits'), trustProxy = false } = options;
  const { log, metrics, traces } = options.watch ?? {};
  const onWrongKey = () => metrics?.wrongKey();
  const onLimited = (reason: Limit) => metrics?.limited(reason);
  const whose = { own: new OwnAddresses(), throughProxy: trustProxy !== false, onLimited };
  const follow = { bundles, log, metrics: metrics?.http, traces };
  const app = newServer({
    proxies: trustProxy,
    serverFactory: (listener) => guardedServer(listener, limits, whose),
    log: log ? fastifyLog(log) : undefined,
    onRefused: watchUnreadable(follow),
  });
  const failures = failureReport(options);
  app.setErrorHandler(problemHandler((error, request) => failures.ofRequest(error, request)));
  watchRequests(app, follow);
  secureAnswers(app);
  refuseOtherHosts(app, options.hosts ?? null);
  allowOrigins(app, allowedOrigins);
  limitWork(app, limits, whose);
  const built = await builtAt(page, { frameAncestors });
  refuseUnknown(app, built);
  await compressAnswers(app);
  limitBodies(app, limits, onLimited);
  continueWhenWelcome(app);
  closeAfterEarlyAnswers(app);
  closeAfterAnswers(app, closing);
  await describeRoutes(app, options.people ?? true, limits);
  // Before the other routes: it counts the requests of those that follow.
  if (admin) adminRoutes(app, bundles, new RequestCounts(app), { onWrongKey, ...admin });
  await apiRoutes(app, options, failures);
  await pageRoutes(app, built, bundles);
  if (admin) await adminPage(app, await builtAt(admin.page));
  return app;
}

async function apiRoutes(app: App, options: AppOptions, failures: Failures): Promise<void> {
  const { bundles, maps = NO_MAP, posters = null, people = true } = options;
  const { sites = parseOptions(ImportOptions, {}, 'import') } = options;
  const { textGeneration = await openTextGeneration() } = options;
  healthRoutes(app, bundles, options.closing);
  bundleRoutes(app, bundles, people);
  animeRoutes(app, bundles);
  posterRoutes(app, bundles, posters);
  starterRoutes(app, bundles);
  shareRoutes(app, bundles, options.cards);
  userRoutes(app, bundles, people);
  const writer = options.fastLists === false ? null : new ListWriter();
  const lists = options.watch?.metrics?.lists;
  recommendationRoutes(app, bundles, writer, lists && ((...stage) => lists.took(...stage)));
  shelfRoutes(app, bundles);
  tasteRoutes(app, bundles);
  opinionRoutes(app, bundles);
  mapRoutes(app, bundles, maps);
  const lookupsPerMinute = options.limits?.lookupsPerMinute;
  const meter = options.watch?.metrics?.services;
  importRoutes(app, { bundles, sites, lookupsPerMinute, meter });
  batchRoutes(app, {
    bundles,
    listParts: listPartsBy(writer),
    report: (error) => failures.of('A profile of a batch', error),
  });
  explanationRoutes(app, bundles, textGeneration);
  chatRoutes(app, bundles, textGeneration);
  graphqlRoute(app, {
    bundles,
    textGeneration,
    people,
    report: (error) => failures.of('GraphQL', error),
  });
}

const NO_MAP = { map: null };

/** @returns null when the folder has no page */
async function builtAt(folder: string | null | undefined, policy?: PagePolicy) {
  const path = folder && join(folder, 'index.html');
  if (!path || !existsSync(path)) return null;
  const html = await readFile(path, 'utf8');
  return { folder, html, headers: pageHeaders(html, policy), isLive: liveReload(html).length > 0 };
}
