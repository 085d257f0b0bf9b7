/** Loads an answer of the server, and keeps the previous one meanwhile. */

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isTemporary } from '../../api/client.ts';
import { toError } from './to-error.ts';

export interface Answer<T> {
  /** the latest answer; while loading or after an error it may belong to an earlier key */
  readonly value: T | null;
  readonly loading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Pauses between attempts while the server is unreachable, in milliseconds. */
const RETRY = [2000, 4000, 8000, 15000, 30000];

/**
 * Calls `load` whenever `key` changes, and aborts the request that is running; null = no request.
 * @param wait milliseconds by which a request is delayed when it follows the previous one this soon, so that a dragged
 * slider does not send a request at every step; other requests are sent at once
 */
export function useAnswer<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  wait = 0,
): Answer<T> {
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<Settled<T>>(NOTHING);
  const latest = useRef(load);
  latest.current = load;
  const touched = useRef(Number.NEGATIVE_INFINITY);
  const requestedKey = useRef<string | null>(null);

  // A layout effect, so that the request is sent before the browser paints. `attempt` retries the same key.
  useLayoutEffect(() => {
    const isUnderWay = settled.key !== requestedKey.current;
    requestedKey.current = key;
    if (key === null) return setSettled(NOTHING);
    const stop = new AbortController();
    const ask = async () => {
      try {
        const value = await latest.current(stop.signal);
        if (!stop.signal.aborted) setSettled({ key, attempt, value, error: null });
      } catch (cause) {
        const error = toError(cause);
        if (!stop.signal.aborted) setSettled(({ value }) => ({ key, attempt, value, error }));
      }
    };
    const now = performance.now();
    const isRun = settled.value !== null && isUnderWay && now - touched.current < wait;
    touched.current = now;
    const timer = isRun ? setTimeout(ask, wait) : undefined;
    if (!isRun) void ask();
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key, attempt]);

  const retry = () => setAttempt((count) => count + 1);
  const { value, error } = settled;
  useRetry(error, retry);
  const loading = key !== null && (settled.key !== key || settled.attempt !== attempt);
  return { value: key === null ? null : value, loading, error: key === null ? null : error, retry };
}

interface Settled<T> {
  /** the request: its key, and which attempt it was */
  readonly key: string | null;
  readonly attempt: number;
  readonly value: T | null;
  readonly error: Error | null;
}

const NOTHING = { key: null, attempt: 0, value: null, error: null };

/** Retries while the server is unreachable: after growing pauses, and as soon as the network is back. */
function useRetry(error: Error | null, retry: () => void): void {
  const failures = useRef(0);
  useEffect(() => {
    if (!error) failures.current = 0;
    if (!isTemporary(error)) return;
    const pause = RETRY[Math.min(failures.current++, RETRY.length - 1)];
    const timer = setTimeout(retry, pause);
    addEventListener('online', retry);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', retry);
    };
  }, [error]);
}
