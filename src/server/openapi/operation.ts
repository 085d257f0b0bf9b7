/** How a route is described: its name for clients, what it takes, and everything that it may answer. */
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
  /** status 202: it is being made */
  readonly later?: TSchema;
  /** statuses other than 200 that a client has to expect */
  readonly problems: readonly number[];
  /** what a problem's status may also come with, as application/json */
  readonly instead?: Readonly<Record<number, TSchema>>;
  /** it has an ETag, and answers 304 to a client that has it already */
  readonly cached?: boolean;
}

const ETAG = { type: 'string', description: 'of the bundle that answered' };
const WHEN: Readonly<Record<number, string>> = {
  400: 'Something in the request is wrong; field says what',
  403: 'The list is private',
  404: 'There is no such thing',
  410: 'The cursor is of a bundle that is no longer served: begin anew without it',
  413: 'The request is too large',
  415: 'The body is of a kind that is not taken here',
  429: 'Too much is asked at the moment: ask again in a few seconds',
  502: 'The site that was asked failed',
  503: 'There is no bundle yet: ask again after Retry-After',
  504: 'The site that was asked takes too long',
};

/** The parts of a Fastify schema that only describe; what a request may contain stands beside it in the route. */
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
  { type = 'application/json', cached = false, later, instead = {} }: Operation,
): Record<string, unknown> {
  const answers: Record<string, unknown> = {
    200: {
      description: 'The answer',
      ...(cached ? { headers: { etag: ETAG } } : {}),
      content: Object.fromEntries([type].flat().map((one) => [one, { schema: answer }])),
    },
  };
  if (later)
    answers[202] = {
      description: 'Not here yet: ask again after Retry-After',
      content: { 'application/json': { schema: later } },
    };
  if (cached) answers[304] = { type: 'null', description: 'What If-None-Match names is still so' };
  for (const status of problems) {
    answers[status] = {
      description: WHEN[status],
      content: {
        'application/problem+json': { schema: ProblemSchema },
        ...(instead[status] ? { 'application/json': { schema: instead[status] } } : {}),
      },
    };
  }
  return answers;
}
