/** The description of a route: its name for clients, and everything that it may answer. */
import type { TSchema } from 'typebox';
import { ProblemSchema } from '../../api/problem.ts';

export type Tag = 'Titles' | 'Recommendations' | 'Lists' | 'People' | 'Service';

export interface Operation {
  readonly operationId: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly answer: TSchema;
  /** of the answer; default application/json */
  readonly type?: string | readonly string[];
  /** the answer with status 202: not ready yet */
  readonly later?: TSchema;
  /** error statuses that clients have to expect */
  readonly problems: readonly number[];
  /** other answers with an error status */
  readonly instead?: Readonly<Record<number, { readonly type: string; readonly schema: TSchema }>>;
  /** is answered under any load, and costs no visitor anything */
  readonly always?: boolean;
  /** has an ETag, and status 304 for clients that have the answer already */
  readonly cached?: boolean;
}

const ETAG = { type: 'string', description: 'of the bundle that answered' };
const RATE_LIMIT = {
  'ratelimit-policy': {
    type: 'string',
    description: 'q: how much a visitor may ask for in w seconds, in lists of 20 titles',
  },
  ratelimit: { type: 'string', description: 'r: how much is left; t: seconds until it is full' },
};
const RETRY_AFTER = {
  'retry-after': { type: 'integer', description: 'seconds after which to ask again' },
};
/** of answers with an error status */
const HEADERS: Readonly<Record<number, Record<string, unknown>>> = {
  429: { ...RETRY_AFTER, ...RATE_LIMIT },
  503: RETRY_AFTER,
};
const WHEN: Readonly<Record<number, string>> = {
  400: 'Something in the request is wrong; field says what',
  403: 'The list is private',
  404: 'It does not exist',
  410: 'The cursor belongs to a bundle that is no longer served: start again without it',
  413: 'The request is too large',
  415: 'The content type of the body is not supported',
  429: 'This address has asked for more than its share: try again after Retry-After',
  502: 'The other site failed',
  503: 'There is no bundle yet, or too much to do: try again after Retry-After',
  504: 'The other site took too long',
};

/** The descriptive part of a Fastify schema; the route adds the schemas of its request. */
export function operation(described: Operation) {
  const { operationId, tag, summary, description, answer, problems } = described;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    response: answersOf(answer, problems, described) as unknown,
  };
}

function answersOf(
  answer: TSchema,
  problems: readonly number[],
  { type = 'application/json', cached = false, always = false, later, instead = {} }: Operation,
): Record<string, unknown> {
  const answers: Record<string, unknown> = {
    200: {
      description: 'The answer',
      headers: { ...(cached ? { etag: ETAG } : {}), ...(always ? {} : RATE_LIMIT) },
      content: Object.fromEntries([type].flat().map((one) => [one, { schema: answer }])),
    },
  };
  if (later)
    answers[202] = {
      description: 'Not ready yet: ask again after Retry-After',
      content: { 'application/json': { schema: later } },
    };
  if (cached)
    answers[304] = { type: 'null', description: 'Unchanged: the client has this answer already' };
  const limits = always ? [] : [429, 503];
  for (const status of new Set([...problems, ...limits])) {
    answers[status] = {
      description: WHEN[status],
      ...(HEADERS[status] ? { headers: HEADERS[status] } : {}),
      content: {
        'application/problem+json': { schema: ProblemSchema },
        ...(instead[status] ? { [instead[status].type]: { schema: instead[status].schema } } : {}),
      },
    };
  }
  return answers;
}
