/** What is being served: the origin and size of the data, and the measured quality of the model. */
import { BundleSchema } from '../../api/bundle.ts';
import { answerFromBundle } from '../answers/bundle-answer.ts';
import type { App } from '../http/fastify.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const BUNDLE = operation({
  operationId: 'getBundle',
  tag: 'Service',
  summary: 'What is being served: data, size, measured quality, genres',
  answer: BundleSchema,
  problems: [503],
  cached: true,
});

export function bundleRoutes(app: App, bundles: CurrentBundle, people: boolean): void {
  app.get('/api/bundle', { schema: BUNDLE }, (request, reply) =>
    answerFromBundle(
      bundles,
      request,
      reply,
      ({ version, about, facets, signature }) => ({
        version,
        ...about,
        signature,
        userLists: people,
        genres: facets.genres,
      }),
      { variant: ({ signature }) => `${signature.status} ${signature.key} ${people}` },
    ),
  );
}
