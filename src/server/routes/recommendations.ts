/** Recommendations for a list that the request brings; nothing of it is kept. */
import { RecommendationsBody, RecommendationsSchema } from '../../api/recommendations.ts';
import { isLong, type ListParts, plainParts, streamOf } from '../answers/list-parts.ts';
import { recommendFor } from '../answers/recommend-for.ts';
import { recommendationsAnswer } from '../answers/recommendations-answer.ts';
import type { ListWriter } from '../fast-list/list-writer.ts';
import type { App } from '../http/fastify.ts';
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

/** Observes how long it took to read a request, or to write an answer. */
export type StageWatch = (stage: 'read' | 'write', milliseconds: number) => void;

/** @param writer null: answers go through the schema serialiser, which writes the same bytes more slowly */
export function recommendationRoutes(
  app: App,
  bundles: CurrentBundle,
  writer: ListWriter | null,
  took?: StageWatch,
): void {
  const listParts = listPartsBy(writer);
  app.post(
    '/api/recommendations',
    { schema: { ...RECOMMEND, body: RecommendationsBody } },
    ({ body, readingSince }, reply) =>
      bundles.use((bundle) => {
        const { profile, list, ignored } = recommendFor(bundle, body, () =>
          took?.('read', performance.now() - readingSince),
        );
        bundles.count(bundle, profile, list);
        reply.type('application/json; charset=utf-8');
        if (isLong(list)) return reply.send(streamOf(listParts(bundle, list, ignored)));
        if (!writer) return recommendationsAnswer(bundle, list, ignored);
        const started = performance.now();
        const bytes = writer.write(bundle, list, ignored);
        took?.('write', performance.now() - started);
        return bytes;
      }),
  );
}

/** Long lists, as the bytes that the writer or the schema serialiser writes. */
export function listPartsBy(writer: ListWriter | null): ListParts {
  return writer ? (...list) => writer.parts(...list) : plainParts;
}
