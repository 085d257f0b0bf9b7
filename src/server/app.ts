/** Builds the server; never listens. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import { openWords, type Words } from '../explain/open.ts';
import type { CurrentBundle } from './current-bundle.ts';
import { type App, newServer } from './fastify.ts';
import { problemHandler, sendProblem } from './problem.ts';
import { animeRoutes } from './routes/anime.ts';
import { bundleRoutes } from './routes/bundle.ts';
import { chatRoutes } from './routes/chat.ts';
import { explanationRoutes } from './routes/explanations.ts';
import { healthRoutes } from './routes/health.ts';
import { pageRoutes } from './routes/page.ts';
import { recommendationRoutes } from './routes/recommendations.ts';
import { starterRoutes } from './routes/starters.ts';
import { userRoutes } from './routes/users.ts';

export interface AppOptions {
  readonly bundles: CurrentBundle;
  /** the folder of the built page; null or absent on disk: / says that there is none */
  readonly page: string | null;
  /** who writes explanations; default: the template */
  readonly words?: Words;
  /** takes one line about an unforeseen failure */
  readonly report: (line: string) => void;
}

export async function buildApp({ bundles, page, words, report }: AppOptions): Promise<App> {
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
  healthRoutes(app, bundles);
  bundleRoutes(app, bundles);
  animeRoutes(app, bundles);
  starterRoutes(app, bundles);
  userRoutes(app, bundles);
  recommendationRoutes(app, bundles);
  const inWords = words ?? (await openWords());
  explanationRoutes(app, bundles, inWords);
  chatRoutes(app, bundles, inWords);
  await pageRoutes(app, page !== null && existsSync(join(page, 'index.html')) ? page : null);
  return app;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
