/** The built page. */
import { SCREEN_PATHS } from '../../api/constants/screen-paths.ts';
import { serveBuiltFiles } from '../http/built-files.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { FOR_OTHER_ORIGINS } from '../http/security-headers.ts';

/** A built page. */
export interface BuiltPage {
  readonly folder: string;
  /** of the page and of its files: a worker has the policy of its script */
  readonly headers: Readonly<Record<string, string>>;
  /** its files change while the server runs (npm run dev) */
  readonly isLive: boolean;
}

/** @param page null = not built */
export async function pageRoutes(app: App, page: BuiltPage | null): Promise<void> {
  if (page === null) {
    app.get('/', { schema: { hide: true } }, () => {
      throw new Problem(
        503,
        'The page has not been built: run "npm run build" and start again. The API under /api works.',
      );
    });
    return;
  }
  const { folder, headers, isLive } = page;
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', (request, reply, done) => {
      reply.headers(headers);
      if (/^\/embed\.js(\?|$)/.test(request.url)) reply.headers(FOR_OTHER_ORIGINS);
      done();
    });
    const send = await serveBuiltFiles(scope, folder, { isLive });
    for (const path of SCREEN_PATHS)
      scope.get(path, { schema: { hide: true } }, (request, reply) =>
        send('index.html', request, reply),
      );
  });
}
