/** Alive, and ready: an orchestrator restarts on the one and waits for the other. */

import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { Problem } from '../problem.ts';

export function healthRoutes(app: App, bundles: CurrentBundle): void {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', () => {
    if (bundles.version === null) throw new Problem(503, 'No bundle is open yet');
    return { status: 'ready', bundle: bundles.version };
  });
}
