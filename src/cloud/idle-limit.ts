/** Breaks off a transfer that has come to a standstill. A slow one goes on as long as bytes arrive. */
import type { Duplex, Readable, Writable } from 'node:stream';
import { HttpError } from '../net/http-error.ts';
import { SERVER } from './storage-error.ts';

export interface IdleLimit {
  /** bytes have passed, or are waited for again */
  alive(): void;
  /** until there is a sign of life: nobody waits for bytes */
  pause(): void;
  stop(): void;
}

/** Destroys the stream after so long without a sign of life, and when the signal aborts. */
export function idleLimit(
  stream: Readable | Writable | Duplex,
  idleMs: number,
  signal?: AbortSignal,
): IdleLimit {
  const breakOff = () => {
    const seconds = Math.round(idleMs / 1000);
    stream.destroy(new HttpError('slow', `${SERVER} sent nothing for ${seconds} s`));
  };
  let timer = setTimeout(breakOff, idleMs);
  const abort = () => void stream.destroy(new HttpError('refused', 'interrupted'));
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  const pause = () => clearTimeout(timer);
  return {
    alive() {
      pause();
      timer = setTimeout(breakOff, idleMs);
    },
    pause,
    stop() {
      pause();
      signal?.removeEventListener('abort', abort);
    },
  };
}
