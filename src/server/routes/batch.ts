/** Recommendations for many profiles in one request, as a portal makes them overnight: a line of JSON each, in their order. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { Compile } from 'typebox/compile';
import { MAX_PROFILES } from '../../api/constants/limits.ts';
import {
  BatchBody,
  BatchEnvelope,
  BatchLineSchema,
  BatchProfile,
} from '../../api/recommendations.ts';
import { firstLetters } from '../../first-letters.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { recommendFor } from '../answers/recommend-for.ts';
import { recommendationsJson } from '../fast-list/anime-json.ts';
import { splitBatch } from '../fast-list/batch-bytes.ts';
import { type ListBody, readListBody } from '../fast-list/list-bytes.ts';
import { coercingValidator } from '../http/coerce-params.ts';
import { type App, BODY_LIMIT } from '../http/fastify.ts';
import { jsonParser, parseJsonBy } from '../http/parse-json.ts';
import { Problem, problemFromSchema, problemOf, UNEXPECTED_FAILURE } from '../http/problem.ts';
import { errorsOf } from '../http/schema-errors.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import type { RecommendedCounts } from '../state/recommended-counts.ts';

/** 1,000 profiles of 500 titles each. */
const LARGEST = 32 << 20;
/** What is parsed in one go may be no larger than elsewhere: it could be ten million little things, and take half a minute. */
const UNUSUAL = new Problem(
  400,
  `A batch of more than ${BODY_LIMIT >> 20} MiB has to begin with "profiles", whole, with everything else behind it`,
  'profiles',
);
/** ms: a client that takes nothing for so long is let go, and with it the bundle that its answer holds */
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
  /** takes what was not foreseen */
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
        // A profile is checked when its turn comes.
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

/** From now on the profiles of a batch in the usual shape are slices of its bytes. */
function parseInSlices(scope: App): void {
  const parseWhole = jsonParser(scope);
  parseJsonBy(scope, (request, bytes, done) => {
    const split = splitBatch(bytes, MAX_PROFILES);
    if (split === null && bytes.length > BODY_LIMIT) return done(UNUSUAL);
    if (split === null) return parseWhole(request, bytes, done);
    done(null, { ...split.rest, profiles: split.profiles });
  });
}

/** Nothing is computed before the client can take it, and nothing more once it has left: then the stream returns. */
async function* linesOf(
  making: Making,
  { profiles, ...common }: BatchBody,
): AsyncGenerator<Buffer> {
  for (let index = 0; index < profiles.length; index++) {
    await yieldToEventLoop();
    yield lineOf({ ...making, common }, index, profiles[index]);
  }
}

interface Making {
  readonly bundle: Bundle;
  readonly recommended: RecommendedCounts;
  readonly report: (error: unknown) => void;
}

interface Batch extends Making {
  readonly common: Omit<BatchBody, 'profiles'>;
}

function lineOf(
  { bundle, recommended, common, report }: Batch,
  index: number,
  sent: unknown,
): Buffer {
  let start = startOf(index, null);
  try {
    const { profile, list: read } = profileFrom(sent);
    start = startOf(index, idOf(profile));
    const { id: _, ...own } = checked(profile);
    const { list, ignored } = recommendFor(bundle, { ...common, ...own }, read);
    recommended.add(bundle, list.items);
    const json = recommendationsJson(bundle, list, ignored);
    return Buffer.concat([Buffer.from(start), json.subarray(1), NEWLINE]);
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem(500, UNEXPECTED_FAILURE);
    if (problem !== error) report(error);
    const { status, message, field } = problem;
    return Buffer.from(`${start}"problem":${JSON.stringify(problemOf(status, message, field))}}\n`);
  }
}

function startOf(index: number, id: string | null): string {
  return `{"index":${index},"id":${JSON.stringify(id)},`;
}

/**
 * @param sent bytes, when the body was of the usual shape; else JSON that is parsed
 * @throws Problem 400 when the bytes are no JSON
 */
function profileFrom(sent: unknown): { profile: unknown; list?: ListBody['list'] } {
  if (!Buffer.isBuffer(sent)) return { profile: sent };
  const read = readListBody(sent);
  if (read !== null) return { profile: { ...read.rest, ratings: [] }, list: read.list };
  try {
    return { profile: JSON.parse(sent.toString()) };
  } catch (error) {
    throw new Problem(400, `The profile is not JSON: ${(error as Error).message}`, 'profile');
  }
}

const NEWLINE = Buffer.from('\n');
const profileCheck = Compile(BatchProfile);

function checked(profile: unknown): BatchProfile {
  if (profileCheck.Check(profile)) return profile;
  throw problemFromSchema(errorsOf(profileCheck, profile), 'profile');
}

/** Also of a profile that is wrong, so that its line can be told from the others. */
function idOf(profile: unknown): string | null {
  if (typeof profile !== 'object' || profile === null || !('id' in profile)) return null;
  return typeof profile.id === 'string' ? firstLetters(profile.id, 200) : null;
}
