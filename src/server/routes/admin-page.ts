/** The built page of the operators' console. The page itself asks for the key. */
import { serveBuiltFiles } from '../http/built-files.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import type { BuiltPage } from './page.ts';

/** @param page null = not built */
export async function adminPage(app: App, page: BuiltPage | null): Promise<void> {
  if (page === null) {
    app.get('/admin', () => {
      throw new Problem(
        503,
        'The console has not been built: run "npm run build" and start again. /api/admin works.',
      );
    });
    return;
  }
  const { folder, headers, isLive } = page;
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', (_request, reply, done) => {
      reply.headers(headers);
      done();
    });
    await serveBuiltFiles(scope, folder, { prefix: '/admin/', isLive });
  });
  // The page's relative addresses need the slash.
  app.get('/admin', (_, reply) => reply.redirect('/admin/'));
}
