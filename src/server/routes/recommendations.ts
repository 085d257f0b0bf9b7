/** Recommendations for a list that the request brings; nothing of it is kept. */
import type { OutsideList } from '../../recommend/profile.ts';
import { recommendationsJson } from '../anime-json.ts';
import { RecommendationsSchema } from '../answer-schemas.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { readListBody } from '../list-bytes.ts';
import { operation } from '../operation.ts';
import { recommendFor } from '../recommend-for.ts';
import { RecommendationsBody } from '../schemas.ts';

const RECOMMEND = operation({
  operationId: 'recommend',
  tag: 'Recommendations',
  summary: 'Recommendations for a list, with reasons',
  description: 'Nothing of the list is kept. An empty one is answered with what is listed most.',
  answer: RecommendationsSchema,
  problems: [400, 413, 415, 503],
});

export function recommendationRoutes(app: App, bundles: CurrentBundle): void {
  app.register(async (scope: App) => {
    const lists = parseLists(scope);
    scope.post(
      '/api/recommendations',
      { schema: { ...RECOMMEND, body: RecommendationsBody } },
      ({ body }, reply) =>
        bundles.use((bundle) => {
          const { items, ignored } = recommendFor(bundle, body, lists.get(body));
          bundles.recommended.add(items);
          return reply
            .type('application/json')
            .send(recommendationsJson(items, ignored, bundle.version));
        }),
    );
  });
}

/**
 * From now on a list in the usual shape is read from the body's bytes.
 * @returns the lists that were, each beside its body, whose own ratings are empty
 */
function parseLists(scope: Pick<App, 'addContentTypeParser' | 'getDefaultJsonParser'>) {
  const lists = new WeakMap<object, OutsideList>();
  const parseJson = scope.getDefaultJsonParser('ignore', 'ignore');
  scope.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      const read = readListBody(bytes);
      if (read === null) return parseJson(request, bytes.toString(), done);
      const body = { ...read.rest, ratings: [] };
      lists.set(body, read.list);
      done(null, body);
    },
  );
  return lists;
}
