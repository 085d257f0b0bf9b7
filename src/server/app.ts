/** Builds the server; never listens. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import compress from '@fastify/compress';
import { ImportOptions } from '../config/import-options.ts';
import { parseOptions } from '../config/parse-options.ts';
import type { TrustProxy } from '../config/trust-proxy-option.ts';
import { openTextGeneration, type TextGeneration } from '../explain/text-generation.ts';
import type { Sites } from '../import/sites.ts';
import type { Posters } from '../poster/posters.ts';
import { graphqlRoute } from './graphql/route.ts';
import { allowOrigins } from './http/cors.ts';
import { BROTLI_AT_ONCE, WORTH_PACKING } from './http/encoding.ts';
import { type App, newServer } from './http/fastify.ts';
import { refuseUnknown } from './http/methods.ts';
import { problemHandler } from './http/problem.ts';
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
import { pageRoutes } from './routes/page.ts';
import { posterRoutes } from './routes/posters.ts';
import { recommendationRoutes } from './routes/recommendations.ts';
import { starterRoutes } from './routes/starters.ts';
import { tasteRoutes } from './routes/taste.ts';
import { userRoutes } from './routes/users.ts';
import type { CurrentBundle } from './state/current-bundle.ts';
import type { CurrentMap } from './state/current-map.ts';
import { RequestCounts } from './state/request-counts.ts';

export interface AppOptions {
  readonly bundles: CurrentBundle;
  /** absent: no map is served */
  readonly maps?: Pick<CurrentMap, 'map'>;
  /** the folder of the built page; null or absent on disk: / says that there is none */
  readonly page: string | null;
  /** the operators' console; default: there is none */
  readonly admin?: AdminOptions;
  /** origins whose pages may use the API, such as https://portal.example; "*" = any; default: none */
  readonly allowedOrigins?: readonly string[];
  /** proxies whose word about a visitor's address is taken; default: none */
  readonly trustProxy?: TrustProxy;
  /** null or absent: none are fetched */
  readonly posters?: Posters | null;
  /** where lists are looked up by name; default: the sites themselves, without MyAnimeList's client id */
  readonly sites?: Sites;
  /** who writes explanations; default: the template */
  readonly textGeneration?: TextGeneration;
  /** takes one line about an unforeseen failure */
  readonly report: (line: string) => void;
}

export async function buildApp(options: AppOptions): Promise<App> {
  const { bundles, maps = NO_MAP, page, posters = null, allowedOrigins = [], report } = options;
  const { admin } = options;
  const { sites = parseOptions(ImportOptions, {}, 'import') } = options;
  const textGeneration = options.textGeneration ?? (await openTextGeneration());
  const app = newServer(options.trustProxy);
  app.setErrorHandler(
    problemHandler((error, request) =>
      report(`${request.method} ${request.url} failed: ${describe(error)}`),
    ),
  );
  allowOrigins(app, allowedOrigins);
  const folder = builtAt(page);
  refuseUnknown(app, folder ? await readFile(join(folder, 'index.html')) : null);
  await app.register(compress, { threshold: WORTH_PACKING, brotliOptions: BROTLI_AT_ONCE });
  await describeRoutes(app);
  // Before the routes that are to be counted.
  if (admin) adminRoutes(app, bundles, new RequestCounts(app), admin);
  healthRoutes(app, bundles);
  bundleRoutes(app, bundles);
  animeRoutes(app, bundles);
  posterRoutes(app, bundles, posters);
  starterRoutes(app, bundles);
  userRoutes(app, bundles);
  recommendationRoutes(app, bundles);
  tasteRoutes(app, bundles);
  mapRoutes(app, bundles, maps);
  importRoutes(app, bundles, sites);
  batchRoutes(app, {
    bundles,
    report: (error) => report(`A profile of a batch failed: ${describe(error)}`),
  });
  explanationRoutes(app, bundles, textGeneration);
  chatRoutes(app, bundles, textGeneration);
  graphqlRoute(app, {
    bundles,
    textGeneration,
    report: (error) => report(`GraphQL failed: ${describe(error)}`),
  });
  await pageRoutes(app, folder);
  if (admin) await adminPage(app, builtAt(admin.page));
  return app;
}

const NO_MAP = { map: null };

/** @returns null where there is no page */
function builtAt(folder: string | null | undefined): string | null {
  return folder && existsSync(join(folder, 'index.html')) ? folder : null;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
