/** The built page. */
import fastifyStatic from '@fastify/static';
import { SCREEN_PATHS } from '../../api/constants/screen-paths.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { FOR_OTHER_ORIGINS } from '../http/security-headers.ts';

/** A built page. */
export interface BuiltPage {
  readonly folder: string;
  /** of the page and of its files: a worker has the policy of its script */
  readonly headers: Readonly<Record<string, string>>;
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
  const { folder, headers } = page;
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', (request, reply, done) => {
      reply.headers(headers);
      if (/^\/embed\.js(\?|$)/.test(request.url)) reply.headers(FOR_OTHER_ORIGINS);
      done();
    });
    await scope.register(fastifyStatic, { root: folder });
    for (const path of SCREEN_PATHS)
      scope.get(path, { schema: { hide: true } }, (_, reply) => reply.sendFile('index.html'));
  });
}
