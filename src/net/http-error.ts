/** Why a request to another server failed, by what follows from it. */
import { OsusumeError } from '../error.ts';

export type Failure =
  /** there is no such thing: 404, 410 */
  | 'absent'
  /** what it sent must not be used: too long, a redirect that is not allowed, … */
  | 'unusable'
  /** it rejects this request: 400, 401, 403, … */
  | 'refused'
  /** it asks to be asked later: 408, 425, 429 */
  | 'busy'
  /** it is out of order: 5xx, or an answer that makes no sense */
  | 'failing'
  /** no complete answer in time */
  | 'slow'
  /** no connection, or it broke off */
  | 'unreachable';

export interface HttpErrorDetails {
  /** 0 = there is no answer */
  readonly status?: number;
  /** how long the server asks to wait; null = it does not say */
  readonly retryAfterMs?: number | null;
  /** the server's own name of the error, if its answer has one */
  readonly code?: string;
}

/** The message names the server, never the address or the headers: these may hold secrets. */
export class HttpError extends OsusumeError {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly retryAfterMs: number | null;
  readonly code: string;

  constructor(
    readonly failure: Failure,
    message: string,
    { status = 0, retryAfterMs = null, code = '' }: HttpErrorDetails = {},
  ) {
    super(message);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.code = code;
  }

  /** The same request may succeed later. */
  get isTemporary(): boolean {
    return TEMPORARY.has(this.failure);
  }
}

const TEMPORARY: ReadonlySet<Failure> = new Set(['busy', 'failing', 'slow', 'unreachable']);

/**
 * @param server its name, for the message
 * @param now milliseconds since 1970
 * @returns null for a status below 400
 */
export function statusError(
  server: string,
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  now: number,
): HttpError | null {
  if (status < 400) return null;
  const details = { status, retryAfterMs: retryAfterMs(headers, now) };
  return new HttpError(failureOf(status), `${server} answered ${status}`, details);
}

function failureOf(status: number): Failure {
  if (status === 404 || status === 410) return 'absent';
  if (status === 408 || status === 425 || status === 429) return 'busy';
  // 501 and 505: it does not support the request, and will not later.
  return status >= 500 && status !== 501 && status !== 505 ? 'failing' : 'refused';
}

/** Retry-After, in seconds or as a date; null = absent, unreadable or past. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  const wait = /^\d+(\.\d+)?$/.test(value) ? 1000 * Number(value) : Date.parse(value) - now;
  return wait > 0 ? wait : null;
}

/** @param what happened, e.g. "cannot be reached" */
export function connectionError(server: string, what: string, error: unknown): HttpError {
  const { name, cause } = error as Error & { cause?: { code?: unknown } };
  if (name === 'TimeoutError') return new HttpError('slow', `${server} did not answer in time`);
  const reason = typeof cause?.code === 'string' ? cause.code : name;
  return new HttpError('unreachable', `${server} ${what} (${reason})`);
}
