/**
 * Brings a run's events to a tracking server, in order. How far it came stands in the run's folder
 * (sent-<server>.json), so what could not be sent is sent later: osusume runs push.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockedError, withPidLock } from '../home/pid-lock.ts';
import type { EventLog } from './event-log.ts';
import { type Place, type Remote, RemoteError } from './remote-run.ts';

export interface CourierOptions {
  /** before the second try; doubles from try to try */
  readonly firstWaitMs?: number;
  /** tries of one event before the courier gives up; default: no end, until it is closed */
  readonly tries?: number;
}

interface Sent {
  readonly place: Place | null;
  /** events that have arrived */
  readonly count: number;
}

const LONGEST_WAIT_MS = 60_000;

export class Courier {
  #sent: Sent;
  #delivery: Promise<void> | null = null;
  #waiting = false;
  #refusal: RemoteError | null = null;
  readonly #stop = new AbortController();
  readonly #statePath: string;
  readonly #lockPath: string;

  constructor(
    private readonly log: EventLog,
    private readonly remote: Remote,
    private readonly options: CourierOptions = {},
  ) {
    this.#statePath = join(log.folder, `sent-${remote.name}.json`);
    this.#lockPath = join(log.folder, `sending-${remote.name}`);
    this.#sent = readState(this.#statePath);
  }

  /** How many events have not arrived yet. */
  get unsent(): number {
    return Math.max(0, this.log.events.length - this.#sent.count);
  }

  /** Why it gave up, or what went wrong last; null when all went well. */
  get problem(): RemoteError | null {
    return this.#refusal;
  }

  /** There is something to send. Returns at once. */
  wake(): void {
    if (this.#delivery || this.#stop.signal.aborted || this.#refusal?.retry === false) return;
    this.#delivery = this.#deliver().finally(() => {
      this.#delivery = null;
    });
  }

  /** Resolves when all has arrived or the courier has given up. */
  async settled(): Promise<void> {
    this.wake();
    await this.#delivery;
  }

  /** Waits for what is under way, at most `graceMs`, and not at all for a server that did not answer last time. */
  async close(graceMs: number): Promise<void> {
    this.wake();
    const stop = new AbortController();
    const giveUp = async () => {
      const deadline = Date.now() + graceMs;
      while (Date.now() < deadline && !this.#waiting && !stop.signal.aborted) await sleep(20);
    };
    await Promise.race([this.#delivery, giveUp()]);
    stop.abort();
    this.#stop.abort();
    await this.#delivery;
  }

  async #deliver(): Promise<void> {
    const { signal } = this.#stop;
    const { firstWaitMs = 500, tries = Number.POSITIVE_INFINITY } = this.options;
    let failures = 0;
    while (this.unsent > 0 && !signal.aborted) {
      try {
        await withPidLock(this.#lockPath, `Sending run ${basename(this.log.folder)}`, async () => {
          // another process may have sent some of it: a push beside the training, say
          this.#sent = readState(this.#statePath);
          while (this.unsent > 0 && !signal.aborted) {
            await this.#sendNext(signal);
            failures = 0;
          }
        });
        this.#refusal = null;
      } catch (error) {
        if (signal.aborted) return;
        this.#refusal = asRemoteError(error);
        if (!this.#refusal.retry || ++failures >= tries) return;
        await this.#pause(Math.min(LONGEST_WAIT_MS, firstWaitMs * 2 ** (failures - 1)));
      }
    }
  }

  async #sendNext(signal: AbortSignal): Promise<void> {
    const { folder, events } = this.log;
    const next = events[this.#sent.count];
    if (this.#sent.place === null) {
      const place = await this.remote.create({ name: basename(folder), at: events[0].at }, signal);
      this.#keep({ place, count: 0 });
    }
    const place = this.#sent.place as Place;
    await this.remote.send(place, next, folder, signal);
    this.#keep({ place, count: this.#sent.count + 1 });
  }

  async #pause(milliseconds: number): Promise<void> {
    this.#waiting = true;
    await sleep(milliseconds, undefined, { signal: this.#stop.signal, ref: false }).catch(() => {});
    this.#waiting = false;
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

/** A file that is gone, or a bug: trying again would not help. Another process will be done some time. */
function asRemoteError(error: unknown): RemoteError {
  if (error instanceof RemoteError) return error;
  return new RemoteError((error as Error).message, error instanceof LockedError);
}
