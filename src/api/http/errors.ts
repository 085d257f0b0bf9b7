/** How a request can fail: the server refuses it, does not answer, or stops in the middle of an answer. */
import type { ProblemBody } from '../problem.ts';

/** The server's own words (RFC 9457), or what a gateway in front of it says. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: ProblemBody;
  /** seconds to wait before asking again, when the server says so */
  readonly retryAfter: number | null;

  constructor(problem: ProblemBody, retryAfter: number | null = null) {
    super(problem.detail);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return this.problem.status;
  }

  /** what is wrong in the request, such as ratings[3].rating */
  get field(): string | undefined {
    return this.problem.field;
  }
}

/** No answer: the network or the server is gone, or something in between answered instead. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  constructor(url: URL, options?: ErrorOptions) {
    super(`${url.origin} did not answer`, options);
  }
}

/** An answer that comes in parts ended before all of them had arrived. */
export class BrokenOffError extends Error {
  override readonly name = 'BrokenOffError';
  constructor(
    readonly answered: number,
    readonly asked: number,
    message = `The answer broke off after ${answered} of ${asked} profiles; ask again for the others`,
  ) {
    super(message);
  }
}

/** Whether what was asked for does not exist. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 404;
}

/** Whether a server has no bundle yet: the first one is being made. */
export function isNotReady(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 503;
}

/** Whether the same request may be answered a little later. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof ProblemError) return error.status >= 502 && error.status <= 504;
  return error instanceof UnreachableError || error instanceof BrokenOffError;
}

/** A gateway in front of the server may answer in words of its own. */
export async function problemFrom(response: Response, url: URL): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const problem = isProblem(body)
    ? body
    : {
        type: 'about:blank',
        title: response.statusText || 'Error',
        status: response.status,
        detail: `${url.origin} answered with status ${response.status}`,
      };
  return new ProblemError(problem, Number.isFinite(seconds) ? seconds : null);
}

function isProblem(body: unknown): body is ProblemBody {
  if (typeof body !== 'object' || body === null) return false;
  const { status, detail } = body as Partial<ProblemBody>;
  return typeof status === 'number' && typeof detail === 'string';
}
