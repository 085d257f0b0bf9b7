/** One answer of the server, kept while the next is on its way. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { UnreachableError } from './api.ts';

export interface Answer<T> {
  /** the latest that arrived; may be older than `key` while loading or after an error */
  readonly value: T | null;
  readonly loading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Waits between attempts while the server is unreachable. */
const RETRY = [2000, 4000, 8000, 15000, 30000];

/**
 * Asks `load` whenever `key` changes and drops the request that is under way; null asks nothing.
 * @param wait milliseconds of rest before asking, so that a dragged slider asks once
 */
export function useAnswer<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  wait = 0,
): Answer<T> {
  const [value, setValue] = useState<T | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [loading, setLoading] = useState(key !== null);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  // `attempt` asks again for the same key.
  useEffect(() => {
    setLoading(key !== null);
    if (key === null) {
      setValue(null);
      setError(null);
      return;
    }
    const stop = new AbortController();
    const ask = async () => {
      try {
        const answer = await latest.current(stop.signal);
        if (stop.signal.aborted) return;
        setValue(() => answer);
        setError(null);
        setLoading(false);
      } catch (cause) {
        if (stop.signal.aborted) return;
        setError(cause instanceof Error ? cause : new Error(String(cause)));
        setLoading(false);
      }
    };
    const timer = setTimeout(ask, value === null ? 0 : wait);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key, attempt]);

  const failures = useRef(0);
  useEffect(() => {
    if (!error) failures.current = 0;
    if (!(error instanceof UnreachableError)) return;
    const again = () => setAttempt((count) => count + 1);
    const pause = RETRY[Math.min(failures.current++, RETRY.length - 1)];
    const timer = setTimeout(again, pause);
    addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', again);
    };
  }, [error]);

  return { value, loading, error, retry: () => setAttempt((count) => count + 1) };
}
