/** Why this title, in words: whole as JSON, or as a stream of events. Nothing of the list is kept. */
import { Readable } from 'node:stream';
import { ExplanationBody, ExplanationSchema } from '../../api/explanations.ts';
import type { ExplanationEvent } from '../../explain/explanations.ts';
import type { Facts } from '../../explain/facts.ts';
import type { TextGeneration } from '../../explain/text-generation.ts';
import { explainFor } from '../answers/explain-for.ts';
import { clientAbortSignal } from '../http/client-abort.ts';
import type { App } from '../http/fastify.ts';
import { visitorOf } from '../limits/visitor.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const EXPLAIN = operation({
  operationId: 'explain',
  tag: 'Recommendations',
  summary: 'Why a title suits a list, in words',
  description:
    'With Accept: text/event-stream the text comes as it is written, in events of server-sent events: facts, text, instead, end.',
  answer: ExplanationSchema,
  problems: [400, 404, 413, 415, 503],
});

export function explanationRoutes(
  app: App,
  bundles: CurrentBundle,
  { explanations }: TextGeneration,
): void {
  app.post(
    '/api/explanations',
    // A compressed stream would wait for more before it sends anything.
    { schema: { ...EXPLAIN, body: ExplanationBody }, compress: false },
    (request, reply) =>
      bundles.use(async (bundle) => {
        const { request: toExplain, ignored } = explainFor(bundle, request.body);
        const { facts, wording } = toExplain;
        const requester = {
          ...toExplain,
          visitor: visitorOf(request.ip),
          signal: clientAbortSignal(reply),
        };
        const about = {
          animeId: facts.anime.animeId,
          language: wording.language,
          facts: factsJson(facts),
          ignored,
          bundle: bundle.version,
        };
        if (wantsStream(request.headers.accept)) {
          return reply
            .type('text/event-stream')
            .header('cache-control', 'no-store')
            .header('x-accel-buffering', 'no')
            .send(Readable.from(eventLines(about, explanations.stream(requester))));
        }
        const { text, by, why } = await explanations.whole(requester);
        return { text, by, why, ...about };
      }),
  );
}

function factsJson({ score, prior, because, order, dominant, shared }: Facts) {
  return { score, prior, because, order, dominant, shared };
}

function wantsStream(accept = ''): boolean {
  return /\btext\/event-stream\b/i.test(accept);
}

async function* eventLines(
  about: object,
  events: AsyncIterable<ExplanationEvent>,
): AsyncGenerator<string> {
  yield lines('facts', about);
  for await (const { event, ...data } of events) yield lines(event, data);
}

/** JSON has no line breaks, so one line of data holds it. */
function lines(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
