/** Recommendations for many profiles in one request, as a portal asks for them overnight: one line of JSON each, in order. */

import { once } from 'node:events';
import { Readable } from 'node:stream';
import { MAX_BATCH } from '../../api/constants/limits.ts';
import { BatchBody, BatchLineSchema, BatchProblemSchema } from '../../api/recommendations.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { eventLoopTurn } from '../../time-slice.ts';
import type { ListParts } from '../answers/list-parts.ts';
import type { App } from '../http/fastify.ts';
import { Problem, problemOf, UNEXPECTED_FAILURE } from '../http/problem.ts';
import { serializerOf } from '../http/serializer.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import { type BatchEntry, readBatch } from './batch-reader.ts';

/** ms: a client that reads nothing for so long is disconnected, which releases the bundle that its answer holds */
const STALLED = 60_000;

const BATCH = operation({
  operationId: 'recommendBatch',
  tag: 'Recommendations',
  summary: 'Recommendations for up to 1,000 profiles',
  description:
    'A line of JSON for each profile, in the order of the request, as soon as it is made. A profile that cannot be answered is a line with a problem; the others are not affected. All are answered from one bundle. What is beside profiles holds for those that do not say otherwise. All profiles together may ask for 100,000 titles and 1,000,000 reasons.',
  answer: BatchLineSchema,
  type: 'application/x-ndjson',
  problems: [400, 413, 415, 503],
});

export interface BatchOptions {
  readonly bundles: CurrentBundle;
  /** writes the lists */
  readonly listParts: ListParts;
  /** receives unexpected errors */
  readonly report: (error: unknown) => void;
  readonly stalledMs?: number;
}

export function batchRoutes(app: App, options: BatchOptions): void {
  const { bundles, stalledMs = STALLED } = options;
  app.register(async (scope: App) => {
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', (_request, body, done) => done(null, body));
    scope.post(
      // Two colons stand for one: a single one would begin a parameter.
      '/api/recommendations::batch',
      {
        bodyLimit: MAX_BATCH,
        compress: false,
        schema: { ...BATCH, body: BatchBody },
        // The body is a stream here: it is checked while it is read.
        validatorCompiler: () => (value: unknown) => ({ value }),
      },
      (request, reply) =>
        bundles.use(async (bundle) => {
          const entries = await readBatch(streamIn(request.body), bundle.items);
          const charge = (lists: number) => request.charge(lists);
          const lines = Readable.from(linesOf({ ...options, bundle, charge }, entries), {
            objectMode: false,
          });
          const closed = once(lines, 'close');
          reply.raw.setTimeout(stalledMs, () => reply.raw.destroy());
          reply.type('application/x-ndjson').header('cache-control', 'no-store').send(lines);
          await closed;
          return reply;
        }),
    );
  });
}

function streamIn(body: unknown): Readable {
  if (body instanceof Readable) return body;
  throw new Problem(400, 'The body must be an object with "profiles"', 'body');
}

interface Batch extends Pick<BatchOptions, 'bundles' | 'listParts' | 'report'> {
  readonly bundle: Bundle;
  /** charges the visitor for a list that has been made */
  readonly charge: (lists: number) => void;
}

/** Makes each line when the client can take it, and stops when the client has left: the stream then ends this generator. */
async function* linesOf(
  batch: Batch,
  entries: readonly BatchEntry[],
): AsyncGenerator<Buffer | string> {
  for (let index = 0; index < entries.length; index++) {
    for (const part of lineOf(batch, index, entries[index])) {
      yield part;
      await eventLoopTurn();
    }
  }
}

const problemJson = serializerOf(BatchProblemSchema);

/** The parts of one line. */
function lineOf(batch: Batch, index: number, entry: BatchEntry): Iterable<Buffer | string> {
  const { id } = entry;
  const line = 'problem' in entry ? entry.problem : listOf(batch, index, entry);
  if (!(line instanceof Problem)) return line;
  const problem = problemOf(line.status, line.message, line.field);
  return [`${problemJson({ index, id, problem })}\n`];
}

function listOf(
  { bundles, bundle, charge, listParts, report }: Batch,
  index: number,
  { id, profile, ignored, options }: Exclude<BatchEntry, { readonly problem: Problem }>,
): Iterable<Buffer> | Problem {
  try {
    const { rules, ...others } = options;
    const list = bundle.ranker.recommend(profile, { ...others, rules: rulesFrom(rules) });
    bundles.count(bundle, profile, list);
    charge(1);
    const start = `{"index":${index},"id":${JSON.stringify(id)},`;
    return listParts(bundle, list, ignored, { start, end: '}\n' });
  } catch (error) {
    report(error);
    return new Problem(500, UNEXPECTED_FAILURE);
  }
}
