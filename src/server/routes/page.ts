/** The built page. */
import fastifyStatic from '@fastify/static';
import { SCREEN_PATHS } from '../../api/constants/screen-paths.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';

/** @param folder of the built page; null = not built */
export async function pageRoutes(app: App, folder: string | null): Promise<void> {
  if (folder === null) {
    app.get('/', { schema: { hide: true } }, () => {
      throw new Problem(
        503,
        'The page has not been built: run "npm run build" and start again. The API under /api works.',
      );
    });
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    setHeaders(response) {
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('referrer-policy', 'same-origin');
    },
  });
  for (const path of SCREEN_PATHS)
    app.get(path, { schema: { hide: true } }, (_, reply) => reply.sendFile('index.html'));
}
