/** The page, as the build left it. */
import fastifyStatic from '@fastify/static';
import type { App } from '../fastify.ts';
import { Problem } from '../problem.ts';

/** Addresses of the page's screens beside / (src/web/screens.ts): each is the same page. */
export const SCREEN_PATHS: readonly string[] = ['/taste', '/map', '/leaderboard'];

/** @param folder of the built page; null = there is none */
export async function pageRoutes(app: App, folder: string | null): Promise<void> {
  if (folder === null) {
    app.get('/', () => {
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
  for (const path of SCREEN_PATHS) app.get(path, (_, reply) => reply.sendFile('index.html'));
}
