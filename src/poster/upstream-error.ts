/** How asking a service can fail, by what follows from it. */
import { OsusumeError } from '../error.ts';

export type Failure =
  /** it says that there is no such thing */
  | 'absent'
  /** what it sent is not what may be taken */
  | 'unusable'
  /** it asks to be asked later */
  | 'busy'
  /** it answered with an error, or with nonsense */
  | 'failing'
  /** no answer, or none in time */
  | 'unreachable';

export class UpstreamError extends OsusumeError {
  override readonly name = 'UpstreamError';

  constructor(
    readonly failure: Failure,
    message: string,
    /** how long it wants to be left alone; null = it did not say */
    readonly pauseMs: number | null = null,
  ) {
    super(message);
  }
}

/** @returns null for an answer that can be read (a redirect is one) */
export function refusalOf(name: string, response: Response, now: number): UpstreamError | null {
  const { status, headers } = response;
  if (status < 400) return null;
  const message = `${name} answered ${status}`;
  if (status === 404 || status === 410) return new UpstreamError('absent', message);
  const failure = status === 429 ? 'busy' : 'failing';
  return new UpstreamError(failure, message, retryAfter(headers, now));
}

/** Retry-After: seconds, or a date. */
export function retryAfter(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after');
  if (value === null || value.trim() === '') return null;
  const seconds = Number(value);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000;
  return milliseconds > 0 ? milliseconds : null;
}

/** How long nothing is left of what the service allows: X-RateLimit-Remaining is 0 until X-RateLimit-Reset. */
export function exhaustedFor(headers: Headers, now: number): number | null {
  if (headers.get('x-ratelimit-remaining')?.trim() !== '0') return null;
  const reset = Number(headers.get('x-ratelimit-reset')) * 1000 - now;
  return reset > 0 ? reset : MINUTE;
}

const MINUTE = 60_000;

/** What went wrong on the way: a code, never an address. */
export function unreachable(name: string, error: unknown): UpstreamError {
  const { name: kind, cause } = error as Error & { cause?: { code?: unknown } };
  const code = typeof cause?.code === 'string' ? cause.code : kind;
  const reason = code === 'TimeoutError' ? 'no answer in time' : code;
  return new UpstreamError('unreachable', `${name} cannot be reached (${reason})`);
}
