/** Tries again after a pause that doubles each time, or that the server asks for. */
import { setTimeout } from 'node:timers/promises';
import { HttpError } from './http-error.ts';

export interface Backoff {
  /** before the second attempt */
  readonly firstPauseMs: number;
  /** also of those that a server asks for; default: no limit */
  readonly longestPauseMs?: number;
  /** 0–1 */
  readonly random?: () => number;
}

/** Between two attempts to transfer a file. */
export const TRANSFER_BACKOFF = {
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
} as const satisfies Backoff;

export interface RetryOptions extends Backoff {
  /** attempts in a row, without progress, before giving up */
  readonly attempts: number;
  /** milliseconds since 1970; gives up instead of pausing longer */
  readonly deadline?: number;
  /** how far the work has come, e.g. in bytes: an attempt that gets further is the first of a new row */
  readonly progress?: () => number | Promise<number>;
  /** default: an HttpError that is */
  readonly isTemporary?: (error: unknown) => boolean;
  /** before each pause */
  readonly onRetry?: (error: Error, pauseMs: number) => void;
  /** ends a pause at once; its rejection is what `retry` throws then */
  readonly signal?: AbortSignal;
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<unknown>;
  readonly now?: () => number;
}

/** @throws what the last attempt threw */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { attempts, signal, deadline = Number.POSITIVE_INFINITY, onRetry } = options;
  const { isTemporary = isTemporaryHttpError, progress = () => 0 } = options;
  const { sleep = pause, now = Date.now } = options;
  let reached = await progress();
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (signal?.aborted || !isTemporary(error)) throw error;
      const before = reached;
      reached = await progress();
      if (reached > before) failures = 1;
      const asked = error instanceof HttpError ? error.retryAfterMs : null;
      const pauseMs = pauseAfter(failures, options, asked);
      if (failures >= attempts || now() + pauseMs > deadline) throw error;
      onRetry?.(error as Error, pauseMs);
      await sleep(pauseMs, signal);
    }
  }
}

/**
 * Milliseconds: firstPauseMs · 2^(failures − 1), spread by ±25% so that clients do not come back all at once.
 * @param asked by the server
 */
export function pauseAfter(
  failures: number,
  { firstPauseMs, longestPauseMs = Number.POSITIVE_INFINITY, random = Math.random }: Backoff,
  asked: number | null = null,
): number {
  const own = firstPauseMs * 2 ** (failures - 1) * (0.75 + random() / 2);
  return Math.min(longestPauseMs, asked ?? own);
}

function isTemporaryHttpError(error: unknown): boolean {
  return error instanceof HttpError && error.isTemporary;
}

/** Ends at once when the signal aborts, with its rejection. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return setTimeout(milliseconds, undefined, { signal });
}
