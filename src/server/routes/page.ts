/** The built page. */
import { SCREEN_PATHS } from '../../api/constants/screen-paths.ts';
import { sharedPage } from '../answers/shared-page.ts';
import { serveBuiltFiles } from '../http/built-files.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { FOR_OTHER_ORIGINS } from '../http/security-headers.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const HTML = 'text/html; charset=utf-8';

/** A built page. */
export interface BuiltPage {
  readonly folder: string;
  /** index.html */
  readonly html: string;
  /** of the page and of its files: a worker has the policy of its script */
  readonly headers: Readonly<Record<string, string>>;
  /** its files change while the server runs (npm run dev) */
  readonly isLive: boolean;
}

/** @param page null = not built */
export async function pageRoutes(
  app: App,
  page: BuiltPage | null,
  bundles: CurrentBundle,
): Promise<void> {
  if (page === null) {
    app.get('/', { schema: { hide: true } }, () => {
      throw new Problem(
        503,
        'The page has not been built: run "npm run build" and start again. The API under /api works.',
      );
    });
    return;
  }
  const { folder, html, headers, isLive } = page;
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', (request, reply, done) => {
      reply.headers(headers);
      if (/^\/embed\.js(\?|$)/.test(request.url)) reply.headers(FOR_OTHER_ORIGINS);
      done();
    });
    const send = await serveBuiltFiles(scope, folder, { isLive });
    for (const path of ['/', ...SCREEN_PATHS])
      scope.get(path, { schema: { hide: true } }, async (request, reply) => {
        const shared = await sharedPage(bundles, html, request);
        if (shared === null) return send('index.html', request, reply);
        return reply.header('cache-control', 'private, no-cache').type(HTML).send(shared);
      });
  });
}
