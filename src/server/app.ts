/** Builds the server; never listens. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { CurrentBundle } from './current-bundle.ts';
import { type App, newServer } from './fastify.ts';
import { problemHandler, sendProblem } from './problem.ts';
import { RequestCounts } from './request-counts.ts';
import { type AdminOptions, adminRoutes } from './routes/admin.ts';
import { adminPage } from './routes/admin-page.ts';
import { animeRoutes } from './routes/anime.ts';
import { bundleRoutes } from './routes/bundle.ts';
import { healthRoutes } from './routes/health.ts';
import { pageRoutes } from './routes/page.ts';
import { recommendationRoutes } from './routes/recommendations.ts';
import { starterRoutes } from './routes/starters.ts';
import { userRoutes } from './routes/users.ts';

export interface AppOptions {
  readonly bundles: CurrentBundle;
  /** the folder of the built page; null or absent on disk: / says that there is none */
  readonly page: string | null;
  /** the operators' console; default: there is none */
  readonly admin?: AdminOptions;
  /** takes one line about an unforeseen failure */
  readonly report: (line: string) => void;
}

export async function buildApp({ bundles, page, admin, report }: AppOptions): Promise<App> {
  const app = newServer();
  app.setErrorHandler(
    problemHandler((error, request) =>
      report(`${request.method} ${request.url} failed: ${describe(error)}`),
    ),
  );
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 404, `There is nothing at ${request.method} ${request.url.slice(0, 200)}`),
  );
  // Brotli's default level is for files that are packed once; an answer has to leave at once.
  await app.register(compress, {
    threshold: 1024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  // Before the routes that are to be counted.
  if (admin) adminRoutes(app, bundles, new RequestCounts(app), admin);
  healthRoutes(app, bundles);
  bundleRoutes(app, bundles);
  animeRoutes(app, bundles);
  starterRoutes(app, bundles);
  userRoutes(app, bundles);
  recommendationRoutes(app, bundles);
  await pageRoutes(app, builtAt(page));
  if (admin) await adminPage(app, builtAt(admin.page));
  return app;
}

/** @returns null where there is no page */
function builtAt(folder: string | null | undefined): string | null {
  return folder && existsSync(join(folder, 'index.html')) ? folder : null;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
