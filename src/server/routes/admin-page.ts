/** The page of the operators' console, as the build left it. It asks for the key by itself. */
import fastifyStatic from '@fastify/static';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';

/** @param folder of the built page; null = there is none */
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
  // Without the slash its files would be looked for beside it.
  app.get('/admin', (_, reply) => reply.redirect('/admin/'));
}
