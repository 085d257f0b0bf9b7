/** The built page of the operators' console. The page itself asks for the key. */
import fastifyStatic from '@fastify/static';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';

/** @param folder of the built page; null = not built */
export async function adminPage(app: App, folder: string | null): Promise<void> {
  if (folder === null) {
    app.get('/admin', () => {
      throw new Problem(
        503,
        'The console has not been built: run "npm run build" and start again. /api/admin works.',
      );
    });
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/admin/',
    decorateReply: false,
    setHeaders(response) {
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('x-frame-options', 'DENY');
      response.setHeader('referrer-policy', 'no-referrer');
    },
  });
  // The page's relative addresses need the slash.
  app.get('/admin', (_, reply) => reply.redirect('/admin/'));
}
