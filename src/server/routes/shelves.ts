/** Recommendations as shelves, for a list that the request brings; nothing of it is kept. */
import { ShelvesBody, ShelvesSchema } from '../../api/shelves.ts';
import { shelvesAnswer, shelvesFor } from '../answers/shelves-for.ts';
import type { App } from '../http/fastify.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const SHELVES = operation({
  operationId: 'getShelves',
  tag: 'Recommendations',
  summary: 'Recommendations by what they are for',
  description:
    'For you, stories to go on with, what people with such lists like, hidden gems, and titles like one that is loved. Nothing of the list is kept.',
  answer: ShelvesSchema,
  problems: [400, 413, 415, 503],
});

export function shelfRoutes(app: App, bundles: CurrentBundle): void {
  app.post('/api/shelves', { schema: { ...SHELVES, body: ShelvesBody } }, ({ body }) =>
    bundles.use((bundle) => {
      const shelved = shelvesFor(bundle, body);
      bundles.count(bundle, shelved.profile, shelved.list);
      return shelvesAnswer(bundle, shelved);
    }),
  );
}
