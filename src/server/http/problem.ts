/** Errors as clients see them: problem+json (RFC 9457), which names the wrong field where there is one. */
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemBody } from '../../api/problem.ts';
import { DamagedFileError, NotFoundError } from '../../error.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** An error answer; its detail says what was asked, what is wrong and what to do. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    detail: string,
    readonly field?: string,
    /** seconds after which a client may try again */
    readonly retryAfter?: number,
  ) {
    super(detail);
  }
}

/** One error of a schema check. */
export interface SchemaError {
  readonly instancePath: string;
  readonly message?: string;
  readonly keyword?: string;
  readonly params?: object;
}

/** The most specific error, naming its field: `ratings[3].rating must be <= 10`. */
export function problemFromSchema(errors: readonly SchemaError[], part: string): Problem {
  const error = errors.reduce((deepest, other) =>
    depth(other) > depth(deepest) ? other : deepest,
  );
  const extra = names(error.params, 'additionalProperties');
  const missing = names(error.params, 'requiredProperties');
  const field = fieldName(error.instancePath, extra[0] ?? missing[0]);
  if (extra.length > 0 || error.keyword === 'boolean')
    return new Problem(400, `${field} is not a known field`, field);
  if (missing.length > 0) return new Problem(400, `${field} is missing`, field);
  const allowed = names(error.params, 'allowedValues');
  const choices = allowed.length > 0 ? `: ${allowed.join(', ')}` : '';
  return new Problem(
    400,
    `${field || `The ${part}`} ${error.message ?? 'is not valid'}${choices}`,
    field || part,
  );
}

/** Among the errors of a union the deepest is about the variant that the client meant. */
function depth({ instancePath, params }: SchemaError): number {
  const named =
    names(params, 'additionalProperties').length + names(params, 'requiredProperties').length > 0;
  return instancePath.split('/').length + (named ? 0.5 : 0);
}

function names(params: object | undefined, key: string): string[] {
  const value: unknown = (params as Record<string, unknown> | undefined)?.[key];
  return Array.isArray(value) ? value.map(String) : [];
}

/** /ratings/3 and rating → ratings[3].rating */
function fieldName(path: string, last?: string): string {
  const parts = [...path.split('/').slice(1), ...(last === undefined ? [] : [last])];
  return parts
    .map((part, at) => (/^\d+$/.test(part) ? `[${part}]` : at > 0 ? `.${part}` : part))
    .join('');
}

export function sendProblem(
  reply: FastifyReply,
  status: number,
  detail: string,
  field?: string,
  retryAfter = status === 503 ? 2 : undefined,
): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(retryAfter)));
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_TYPE)
    .send(JSON.stringify({ ...problemOf(status, detail, field), request: reply.request.id }));
}

/** RFC 9457: the title of an `about:blank` problem is the phrase of its status. */
export function problemOf(status: number, detail: string, field?: string): ProblemBody {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, field };
}

/** The detail of an unexpected failure: its cause is reported and not shown. */
export const UNEXPECTED_FAILURE =
  'The server failed on this request; its log says why. Try again, or ask the operator.';

/** The detail of an answer that a damaged file makes impossible. */
export const DAMAGED_FILE =
  'What this answer is made from is damaged on the disk of the server; its log says where. Other answers are not affected';

/** Nobody sees this status, but requests are counted by it; servers use it for clients that left. */
const CLIENT_GONE = 499;

/** @param report receives unexpected errors; clients do not see them */
export function problemHandler(report: (error: unknown, request: FastifyRequest) => void) {
  return (
    error: FastifyError | Problem | NotFoundError,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => {
    // Nobody is there to read an answer, and the connection that broke may be all that failed.
    if (request.raw.socket?.destroyed) return reply.code(CLIENT_GONE).send();
    if (error instanceof Problem)
      return sendProblem(reply, error.status, error.message, error.field, error.retryAfter);
    if (error instanceof NotFoundError) return sendProblem(reply, 404, error.message);
    // It is logged once, where it is found.
    if (error instanceof DamagedFileError) return sendProblem(reply, 503, DAMAGED_FILE);
    const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
    if (status >= 400 && status < 500) return sendProblem(reply, status, error.message);
    report(error, request);
    return sendProblem(reply, 500, UNEXPECTED_FAILURE);
  };
}
