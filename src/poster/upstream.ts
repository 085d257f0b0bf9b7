/**
 * One service on the network, asked no more often than it allows. When it fails it is left alone for a pause that
 * doubles each time, and then asked one thing only, until it answers again.
 */
import type { Clock } from './clock.ts';
import { Pace, type Window } from './pace.ts';
import {
  exhaustedFor,
  type Failure,
  refusalOf,
  UpstreamError,
  unreachable,
} from './upstream-error.ts';

export interface UpstreamOptions {
  readonly name: string;
  readonly windows: readonly Window[];
  /** requests under way at most */
  readonly atOnce: number;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** 0–1 */
  readonly random: () => number;
  /** takes one line when the service goes away or comes back */
  readonly report: (line: string) => void;
}

export interface Question {
  readonly address: string;
  readonly method?: 'GET' | 'POST';
  readonly accept: string;
  /** JSON */
  readonly body?: string;
}

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 5 * 60_000;
/** A service that asks for more than an hour of peace is asked after an hour. */
const LONGEST_ASKED = 60 * 60_000;
/** So many failures in a row are an outage: it is said once. */
const OUTAGE = 4;
const TROUBLE: ReadonlySet<Failure> = new Set<Failure>(['busy', 'failing', 'unreachable']);

export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #pace: Pace;
  #underWay = 0;
  #failures = 0;
  #failedAt = Number.NEGATIVE_INFINITY;
  #pausedUntil = 0;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#pace = new Pace(options.windows);
  }

  get name(): string {
    return this.#options.name;
  }

  /** Milliseconds until it may be asked: 0 = now, Infinity = when an answer that is under way has come. */
  get wait(): number {
    const { atOnce, clock } = this.#options;
    if (this.#underWay >= (this.#failures > 0 ? 1 : atOnce)) return Number.POSITIVE_INFINITY;
    const now = clock.now();
    return Math.max(this.#pace.wait(now), this.#pausedUntil - now);
  }

  /**
   * Asks now: see `wait`. Redirects are not followed, they are an answer.
   * @throws UpstreamError, also whichever `read` throws
   */
  async ask<T>(
    { address, method = 'GET', accept, body }: Question,
    read: (response: Response) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { clock, fetch, name, timeoutMs } = this.#options;
    const began = clock.now();
    this.#pace.begin(began);
    this.#underWay++;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const response = await fetch(address, {
        method,
        body,
        headers: {
          accept,
          'user-agent': 'osusume',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        redirect: 'manual',
        signal: limit,
      });
      const answer = await this.#read(response, read);
      this.#answered(began);
      return answer;
    } catch (cause) {
      if (signal.aborted) throw cause;
      const error = cause instanceof UpstreamError ? cause : unreachable(name, cause);
      if (TROUBLE.has(error.failure)) this.#failed(error, began);
      else this.#answered(began);
      throw error;
    } finally {
      this.#underWay--;
    }
  }

  async #read<T>(response: Response, read: (response: Response) => Promise<T>): Promise<T> {
    const now = this.#options.clock.now();
    const exhausted = exhaustedFor(response.headers, now);
    if (exhausted !== null) this.#pause(exhausted);
    try {
      const refusal = refusalOf(this.name, response, now);
      if (refusal) throw refusal;
      return await read(response);
    } catch (error) {
      await response.body?.cancel().catch(() => {});
      throw error;
    }
  }

  /** What began before the last failure says nothing about now. */
  #answered(began: number): void {
    if (began < this.#failedAt) return;
    if (this.#failures >= OUTAGE) this.#options.report(`Posters: ${this.name} answers again`);
    this.#failures = 0;
  }

  /** Several that fail together are one failure. */
  #failed({ message, pauseMs }: UpstreamError, began: number): void {
    const { clock, random, report } = this.#options;
    if (pauseMs !== null) this.#pause(pauseMs);
    if (began < this.#failedAt) return;
    this.#failedAt = clock.now();
    this.#failures++;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.#failures - 1));
    this.#pause(pause * (0.5 + random() / 2));
    if (this.#failures === OUTAGE)
      report(`Posters: ${message}; it is asked again now and then, drawn posters stand in`);
  }

  #pause(milliseconds: number): void {
    const until = this.#options.clock.now() + Math.min(milliseconds, LONGEST_ASKED);
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }
}
