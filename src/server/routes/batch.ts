/** Recommendations for many profiles in one request, as a portal asks for them overnight: one line of JSON each, in order. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { Compile } from 'typebox/compile';
import { MAX_PROFILES } from '../../api/constants/limits.ts';
import {
  BatchBody,
  BatchEnvelope,
  type BatchLine,
  BatchLineSchema,
  BatchListSchema,
  BatchProblemSchema,
  BatchProfile,
} from '../../api/recommendations.ts';
import { firstLetters } from '../../first-letters.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { recommendFor } from '../answers/recommend-for.ts';
import { recommendationsAnswer } from '../answers/recommendations-answer.ts';
import { coercingValidator } from '../http/coerce-params.ts';
import { type App, BODY_LIMIT } from '../http/fastify.ts';
import { jsonParser, parseJsonBy } from '../http/parse-json.ts';
import { Problem, problemFromSchema, problemOf, UNEXPECTED_FAILURE } from '../http/problem.ts';
import { errorsOf } from '../http/schema-errors.ts';
import { serializerOf } from '../http/serializer.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import type { RecommendedCounts } from '../state/recommended-counts.ts';
import { splitBatch } from './batch-profiles.ts';

/** 1,000 profiles of 500 titles each. */
const LARGEST = 32 << 20;
/** Ten million tiny values in 32 MiB would take JSON.parse 8 s: what cannot be parsed in parts has the limit of other routes. */
const UNUSUAL = new Problem(
  400,
  `A batch of more than ${BODY_LIMIT >> 20} MiB has to begin with "profiles", whole, with everything else behind it`,
  'profiles',
);
/** ms: a client that reads nothing for so long is disconnected, which releases the bundle that its answer holds */
const STALLED = 60_000;

const BATCH = operation({
  operationId: 'recommendBatch',
  tag: 'Recommendations',
  summary: 'Recommendations for up to 1,000 profiles',
  description:
    'A line of JSON for each profile, in the order of the request, as soon as it is made. A profile that cannot be answered is a line with a problem; the others are not affected. All are answered from one bundle. What stands beside profiles holds for those that do not say otherwise; in a large batch it stands behind them.',
  answer: BatchLineSchema,
  type: 'application/x-ndjson',
  problems: [400, 413, 415, 503],
});

export interface BatchOptions {
  readonly bundles: CurrentBundle;
  /** takes unforeseen errors */
  readonly report: (error: unknown) => void;
  readonly stalledMs?: number;
}

export function batchRoutes(app: App, options: BatchOptions): void {
  const { bundles, report, stalledMs = STALLED } = options;
  app.register(async (scope: App) => {
    parseInSlices(scope);
    scope.post(
      // Two colons stand for one: a single one would begin a parameter.
      '/api/recommendations::batch',
      {
        bodyLimit: LARGEST,
        compress: false,
        schema: { ...BATCH, body: BatchBody },
        // Each profile is checked just before it is answered.
        validatorCompiler: () =>
          coercingValidator({ schema: BatchEnvelope, httpPart: 'body' } as never),
      },
      ({ body }, reply) =>
        bundles.use(async (bundle) => {
          const lines = Readable.from(
            linesOf({ bundle, recommended: bundles.recommended, report }, body),
            { objectMode: false },
          );
          const closed = once(lines, 'close');
          reply.raw.setTimeout(stalledMs, () => reply.raw.destroy());
          reply.type('application/x-ndjson').header('cache-control', 'no-store').send(lines);
          await closed;
          return reply;
        }),
    );
  });
}

/** The profiles of a batch stay bytes until each is answered, where the body allows it. */
function parseInSlices(scope: App): void {
  const parseWhole = jsonParser(scope);
  parseJsonBy(scope, (request, bytes, done) => {
    const split = splitBatch(bytes, MAX_PROFILES);
    if (split === null && bytes.length > BODY_LIMIT) return done(UNUSUAL);
    if (split === null) return parseWhole(request, bytes, done);
    done(null, { ...split.rest, profiles: split.profiles });
  });
}

interface Batch {
  readonly bundle: Bundle;
  readonly recommended: RecommendedCounts;
  readonly report: (error: unknown) => void;
  /** what holds for profiles that do not say otherwise */
  readonly common: Omit<BatchBody, 'profiles'>;
}

/** Makes each line when the client can take it, and stops when the client has left: the stream then ends this generator. */
async function* linesOf(
  batch: Omit<Batch, 'common'>,
  { profiles, ...common }: BatchBody,
): AsyncGenerator<string> {
  for (let index = 0; index < profiles.length; index++) {
    await yieldToEventLoop();
    const line = lineOf({ ...batch, common }, index, profiles[index]);
    yield `${'problem' in line ? problemJson(line) : listJson(line)}\n`;
  }
}

const listJson = serializerOf(BatchListSchema);
const problemJson = serializerOf(BatchProblemSchema);

function lineOf(batch: Batch, index: number, sent: unknown): BatchLine {
  const { bundle, recommended, common, report } = batch;
  let id: string | null = null;
  try {
    const profile = parsed(sent);
    id = idOf(profile);
    const { id: _, ...own } = checked(profile);
    const { list, ignored } = recommendFor(bundle, { ...common, ...own });
    recommended.add(list);
    return { index, id, ...recommendationsAnswer(bundle, list, ignored) };
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem(500, UNEXPECTED_FAILURE);
    if (problem !== error) report(error);
    return { index, id, problem: problemOf(problem.status, problem.message, problem.field) };
  }
}

/**
 * @param sent bytes, where the body was split; else a value that is parsed already
 * @throws Problem 400 when the bytes are not JSON
 */
function parsed(sent: unknown): unknown {
  if (!Buffer.isBuffer(sent)) return sent;
  try {
    return JSON.parse(sent.toString());
  } catch (error) {
    throw new Problem(400, `The profile is not JSON: ${(error as Error).message}`, 'profile');
  }
}

const profileCheck = Compile(BatchProfile);

function checked(profile: unknown): BatchProfile {
  if (profileCheck.Check(profile)) return profile;
  throw problemFromSchema(errorsOf(profileCheck, profile), 'profile');
}

/** The id of a wrong profile too, so that its line can be told from the others. */
function idOf(profile: unknown): string | null {
  if (typeof profile !== 'object' || profile === null || !('id' in profile)) return null;
  return typeof profile.id === 'string' ? firstLetters(profile.id, 200) : null;
}
