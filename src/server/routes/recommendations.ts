/** Recommendations for a list that the request brings; nothing of it is kept. */

import { RecommendationsBody, RecommendationsSchema } from '../../api/recommendations.ts';
import type { OutsideList } from '../../recommend/profile.ts';
import { recommendFor } from '../answers/recommend-for.ts';
import { recommendationsJson } from '../fast-list/anime-json.ts';
import { AnswerMemory } from '../fast-list/answer-memory.ts';
import { readListBody } from '../fast-list/list-bytes.ts';
import { packedFor, unpackBody } from '../http/encoding.ts';
import type { App } from '../http/fastify.ts';
import { jsonParser, parseJsonBy } from '../http/parse-json.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

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
    const memory = new AnswerMemory();
    parseLists(scope);
    scope.post(
      '/api/recommendations',
      // Packing is done by hand: see encoding.ts.
      { schema: { ...RECOMMEND, body: RecommendationsBody }, compress: false, decompress: false },
      (request, reply) =>
        bundles.use(async (bundle) => {
          await bundles.turns.take();
          const read = request.getDecorator<OutsideList | undefined>('list');
          const { list, ignored } = recommendFor(bundle, request.body, read);
          bundles.recommended.add(bundle, list.items);
          const room = (bytes: number) => memory.for(reply.raw, bytes);
          const json = recommendationsJson(bundle, list, ignored, room);
          await bundles.turns.end();
          const body = packedFor(request, reply.type('application/json'), json);
          return reply.send(Buffer.isBuffer(body) ? body : await body);
        }),
    );
  });
}

/** From now on a list in the usual shape is read from the body's bytes: it stands beside the body, whose own is empty. */
function parseLists(scope: App): void {
  scope.decorateRequest('list', undefined);
  const parseWhole = jsonParser(scope);
  parseJsonBy(scope, (request, bytes, done) =>
    unpackBody(request, bytes, (error, json) => {
      if (error) return done(error);
      const read = readListBody(json);
      if (read === null) return parseWhole(request, json, done);
      request.setDecorator('list', read.list);
      done(null, Object.assign(read.rest, { ratings: [] }));
    }),
  );
}
