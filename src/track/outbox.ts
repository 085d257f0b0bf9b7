/**
 * Sends a run's events to a tracking server, in order. The run's folder keeps how many have been sent
 * (sent-<server>.json), so the rest can be sent later: osusume runs push.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockedError, withLock } from '../home/lock.ts';
import { HttpError } from '../net/http-error.ts';
import { type RetryOptions, retry } from '../net/retry.ts';
import type { EventLog } from './event-log.ts';
import type { RemoteRun, TrackingServer } from './remote-run.ts';

export interface OutboxOptions extends Pick<RetryOptions, 'random' | 'sleep'> {
  /** before the second attempt; doubles each time; default 500 */
  readonly firstPauseMs?: number;
  /** attempts at one event before giving up; default: no limit, until `close` */
  readonly attempts?: number;
}

/** sent-<server>.json */
interface Sent {
  /** null = not created yet */
  readonly place: RemoteRun | null;
  /** events that have arrived */
  readonly count: number;
}

const LONGEST_PAUSE_MS = 60_000;

export class Outbox {
  #sent: Sent;
  #delivery: Promise<void> | null = null;
  #isPausing = false;
  #onPause: () => void = () => {};
  #problem: Error | null = null;
  #hasGivenUp = false;
  readonly #stop = new AbortController();
  readonly #statePath: string;
  readonly #lockPath: string;

  constructor(
    private readonly log: EventLog,
    private readonly server: TrackingServer,
    private readonly options: OutboxOptions = {},
  ) {
    this.#statePath = join(log.folder, `sent-${server.name}.json`);
    this.#lockPath = join(log.folder, `sending-${server.name}`);
    this.#sent = readState(this.#statePath);
  }

  /** How many events have not arrived yet. */
  get unsent(): number {
    return Math.max(0, this.log.events.length - this.#sent.count);
  }

  /** The last failure; null after a success. */
  get problem(): Error | null {
    return this.#problem;
  }

  /** Starts sending what is unsent. Returns at once. */
  wake(): void {
    if (this.#delivery || this.#stop.signal.aborted || this.#hasGivenUp) return;
    this.#delivery = this.#deliver().finally(() => {
      this.#delivery = null;
    });
  }

  /** Resolves when all has arrived or the outbox has given up. */
  async settled(): Promise<void> {
    this.wake();
    await this.#delivery;
  }

  /** Waits at most `graceMs` for events to be sent, and not at all while the server does not answer. */
  async close(graceMs: number): Promise<void> {
    this.wake();
    const timer = new AbortController();
    const pausing = new Promise<void>((resolve) => {
      if (this.#isPausing) resolve();
      this.#onPause = resolve;
    });
    const grace = sleep(graceMs, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([this.#delivery, pausing, grace]);
    timer.abort();
    this.#stop.abort();
    await this.#delivery;
  }

  async #deliver(): Promise<void> {
    const { signal } = this.#stop;
    const { attempts = Number.POSITIVE_INFINITY, firstPauseMs = 500 } = this.options;
    const options: RetryOptions = {
      sleep: (milliseconds) => sleep(milliseconds, undefined, { signal, ref: false }),
      ...this.options,
      attempts,
      firstPauseMs,
      longestPauseMs: LONGEST_PAUSE_MS,
      signal,
      isTemporary,
      progress: () => this.#sent.count,
      onRetry: (error) => {
        this.#problem = error;
        this.#isPausing = true;
        this.#onPause();
      },
    };
    try {
      while (this.unsent > 0 && !signal.aborted) await retry(() => this.#sendAll(), options);
      this.#problem = null;
    } catch (error) {
      if (signal.aborted) return;
      this.#problem = error as Error;
      this.#hasGivenUp = !isTemporary(error);
    }
  }

  async #sendAll(): Promise<void> {
    this.#isPausing = false;
    const { signal } = this.#stop;
    await withLock(
      this.#lockPath,
      { doing: `Sending run ${basename(this.log.folder)}` },
      async () => {
        // Another process may have sent some of it, e.g. a push during the training.
        this.#sent = readState(this.#statePath);
        while (this.unsent > 0 && !signal.aborted) await this.#sendNext(signal);
      },
    );
  }

  async #sendNext(signal: AbortSignal): Promise<void> {
    const { folder, events } = this.log;
    const next = events[this.#sent.count];
    if (this.#sent.place === null) {
      const run = { name: basename(folder), at: events[0].at };
      this.#keep({ place: await this.server.create(run, signal), count: 0 });
    }
    await this.server.send(this.#sent.place as RemoteRun, next, folder, signal);
    this.#keep({ ...this.#sent, count: this.#sent.count + 1 });
  }

  #keep(sent: Sent): void {
    writeFileSync(`${this.#statePath}.new`, `${JSON.stringify(sent)}\n`);
    renameSync(`${this.#statePath}.new`, this.#statePath);
    this.#sent = sent;
  }
}

function readState(path: string): Sent {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Sent;
  } catch {
    return { place: null, count: 0 };
  }
}

/** A missing file, say, will not be there the next time; a lock will be free. */
function isTemporary(error: unknown): boolean {
  return error instanceof LockedError || (error instanceof HttpError && error.isTemporary);
}
