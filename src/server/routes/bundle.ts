/** What is being served: where the data come from, how much there is, how good the model was found to be. */

import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';

export function bundleRoutes(app: App, bundles: CurrentBundle): void {
  app.get('/api/bundle', () =>
    bundles.use(({ version, about, facets }) => ({ version, ...about, genres: facets.genres })),
  );
}
