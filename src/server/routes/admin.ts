/** Routes of the operators' console: the state of the server, the quality of the models, the choice of the bundle. */
import { join } from 'node:path';
import type {
  LeaderboardAnswer,
  Recommended,
  RunRow,
  Status,
  UseBundleAnswer,
} from '../../api/admin.ts';
import { RecommendedQuery, RunParams, UseBundleBody } from '../../api/admin.ts';
import { ArtefactError, NotFoundError } from '../../error.ts';
import { openArtefact, readJson } from '../../home/artefact.ts';
import type { TrustedKey } from '../../home/signature.ts';
import { currentVersion } from '../../home/versions.ts';
import { keptBundles, useBundle } from '../../recommend/kept-bundles.ts';
import { listRuns, type RunRecord, readRunRecord } from '../../track/run-record.ts';
import type { BundleTraffic } from '../../traffic/traffic.ts';
import type { Fields } from '../../watch/log.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { OperatorAccess } from '../operator/operator-access.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import { ProcessHealth } from '../state/process-health.ts';
import type { RequestCounts } from '../state/request-counts.ts';
import type { Metrics } from '../watch/metrics.ts';
import { sessionRoutes } from './admin-session.ts';

export interface AdminOptions {
  readonly home: string;
  readonly key: string;
  /** keys that bundles are accepted from; default: every bundle is accepted, signed or not */
  readonly trust?: readonly TrustedKey[];
  /** the folder of the console's page; default: routes without a page */
  readonly page?: string | null;
  /** receives one line about each change that an operator makes */
  readonly info?: (line: string) => void;
  /** receives one line about wrong keys */
  readonly warn?: (line: string, fields: Fields) => void;
  /** called for each wrong key */
  readonly onWrongKey?: () => void;
  /** answers /metrics to who has the key; default: there is no such route */
  readonly metrics?: Metrics | null;
  readonly clock?: () => Date;
}

const PREFIX = '/api/admin';

export function adminRoutes(
  app: App,
  bundles: CurrentBundle,
  requests: RequestCounts,
  options: AdminOptions,
): void {
  const { home, key, trust, warn = () => {}, clock = () => new Date() } = options;
  const { metrics, onWrongKey } = options;
  const health = new ProcessHealth(clock);
  const access = new OperatorAccess({ key, log: warn, onWrongKey, clock });
  app.addHook('onClose', async () => health.stop());
  // Before the server waits for its connections.
  app.addHook('preClose', async () => access.stop());
  app.register(async (scope: App) => sessionRoutes(scope, access), { prefix: PREFIX });
  if (metrics) metricsRoute(app, metrics, access);
  app.register(
    async (scope: App) => {
      scope.addHook('onRequest', access.guard);
      scope.get('/status', () => statusOf({ home, trust }, bundles, requests, health));
      scope.get('/leaderboard', () => leaderboardOf(home));
      runRoutes(scope, home);
      scope.get('/recommended', { schema: { querystring: RecommendedQuery } }, (request) =>
        recommendedMost(bundles, request.query.limit ?? 50),
      );
      scope.get('/traffic', () => trafficOf(bundles));
      switchRoute(scope, bundles, options);
    },
    { prefix: PREFIX },
  );
}

/** Prometheus sends the key as `authorization` of its scrape configuration. */
function metricsRoute(app: App, metrics: Metrics, { guard }: OperatorAccess): void {
  app.get('/metrics', { schema: { hide: true }, onRequest: guard }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
}

async function statusOf(
  { home, trust }: Pick<AdminOptions, 'home' | 'trust'>,
  bundles: CurrentBundle,
  requests: RequestCounts,
  health: ProcessHealth,
): Promise<Status> {
  const [current, versions] = await Promise.all([
    currentVersion(home, 'bundle'),
    keptBundles(home, trust),
  ]);
  const bundle =
    bundles.version === null
      ? null
      : await bundles.use(({ version, about, signature }) => ({ version, ...about, signature }));
  const routes = requests.byRoute();
  const total = routes.reduce((sum, route) => sum + route.requests, 0);
  const { fallback, problem, counts } = bundles;
  const state = { fallback, problem, counts: { ...counts } };
  return {
    bundle,
    current,
    versions,
    home: state,
    process: health.state(),
    requests: { total, routes },
  };
}

async function leaderboardOf(home: string): Promise<LeaderboardAnswer> {
  if ((await currentVersion(home, 'leaderboard')) === null)
    throw new NotFoundError(
      'No model has been evaluated yet: "osusume evaluate" makes a leaderboard',
    );
  const { folder, version, manifest } = await showingDamage(openArtefact(home, 'leaderboard'));
  const board = (await readJson(join(folder, 'leaderboard.json'))) as LeaderboardAnswer['board'];
  return { version, createdAt: manifest.createdAt, board };
}

function runRoutes(scope: App, home: string): void {
  scope.get('/runs', async () => {
    const records = await listRuns(home);
    return { items: records.reverse().map(rowOf) };
  });

  scope.get('/runs/:id', { schema: { params: RunParams } }, (request) =>
    showingDamage(readRunRecord(home, request.params.id)),
  );
}

/** A run as one row of a table. */
function rowOf({ parameters: _, epochs, ...record }: RunRecord): RunRow {
  const longest = Math.max(0, ...Object.values(epochs).map((rows) => rows.length));
  return { ...record, epochs: longest };
}

/** Titles by the number of lists that had them. The name is null when the bundle in use does not have the title. */
async function recommendedMost(bundles: CurrentBundle, limit: number): Promise<Recommended> {
  const { lists, titles } = bundles.recommended;
  const most = bundles.recommended.most(limit);
  const named = ({ catalogue, items }: Parameters<Parameters<typeof bundles.use>[0]>[0]) =>
    most.map(({ animeId, lists }) => {
      const item = items.indexOf(animeId);
      return { animeId, title: item < 0 ? null : catalogue[item].title, lists };
    });
  return { lists, titles, items: most.length === 0 ? [] : await bundles.use(named) };
}

/** Counts of the last 24 hours; src/traffic says how they are compared. */
function trafficOf({ version, traffic }: CurrentBundle): BundleTraffic {
  if (traffic !== null) return traffic.state();
  throw new Problem(
    404,
    version === null
      ? 'Nothing is counted yet: there is no bundle'
      : `Bundle ${version} was published by a release that wrote nothing to compare traffic with: run "osusume publish"`,
  );
}

function switchRoute(
  scope: App,
  bundles: CurrentBundle,
  { home, trust, info = () => {} }: AdminOptions,
): void {
  /** One switch at a time: two would hold two more bundles in memory and race for which is used. */
  let switching: string | null = null;
  scope.post('/bundle', { schema: { body: UseBundleBody } }, async (request, reply) => {
    const { version } = request.body;
    if (switching !== null)
      throw new Problem(409, `Bundle ${switching} is being checked; try again in a few seconds`);
    switching = version;
    try {
      await showingDamage(useBundle(home, version, trust), bundles.version ?? 'none');
    } finally {
      switching = null;
    }
    info(`An operator made bundle ${version} the current one (in use: ${bundles.version})`);
    const answer: UseBundleAnswer = { current: version, inUse: bundles.version };
    return reply.code(202).send(answer);
  });
}

/** Operators see the error of a damaged artefact itself. */
async function showingDamage<T>(work: Promise<T>, inUse?: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotFoundError && inUse !== undefined)
      throw new Problem(404, error.message, 'version');
    if (!(error instanceof ArtefactError)) throw error;
    const kept = inUse === undefined ? '' : `. Bundle ${inUse} stays in use`;
    throw new Problem(409, `${error.message}${kept}`);
  }
}
