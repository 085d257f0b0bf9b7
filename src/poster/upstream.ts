/**
 * A service on the network, asked no more often than it allows. After a failure it is left alone for a pause that
 * doubles each time, then gets one request at a time until it answers again.
 */
import { HttpError, statusError } from '../net/http-error.ts';
import { Pace, type Window } from '../net/pace.ts';
import { pauseAfter } from '../net/retry.ts';
import { type HttpRequest, send } from '../net/send.ts';
import { type Meter, NO_METER } from '../watch/meter.ts';
import type { Clock } from './clock.ts';

export interface UpstreamOptions {
  readonly name: string;
  readonly windows: readonly Window[];
  /** most requests at the same time */
  readonly atOnce: number;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** 0–1 */
  readonly random: () => number;
  /** called for each request, with what is left of the allowance */
  readonly meter?: Meter;
  /** takes one line when the service goes away or comes back */
  readonly report: (line: string) => void;
}

export interface Question extends Pick<HttpRequest, 'method' | 'redirect'> {
  readonly address: string;
  readonly accept: string;
  /** JSON */
  readonly body?: string;
}

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 5 * 60_000;
/** A service that asks for a longer pause is asked after an hour. */
const LONGEST_ASKED = 60 * 60_000;
const MINUTE = 60_000;
/** As many failures in a row are an outage, which is reported once. */
const OUTAGE = 4;

export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #pace: Pace;
  readonly #meter: Meter;
  #active = 0;
  #failures = 0;
  #failedAt = Number.NEGATIVE_INFINITY;
  #pausedUntil = 0;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#pace = new Pace(options.windows);
    const { meter = NO_METER, clock } = options;
    this.#meter = meter;
    meter.budget(this.#label, () => this.#left(clock.now()));
  }

  get name(): string {
    return this.#options.name;
  }

  /** Lists are asked for at AniList, too, with a budget of their own. */
  get #label(): string {
    return `posters-${this.name.toLowerCase()}`;
  }

  #left(now: number): number {
    return now < this.#pausedUntil ? 0 : this.#pace.left(now);
  }

  /** Milliseconds until the next request may start; Infinity = when one of the present ones has ended. */
  get wait(): number {
    const { atOnce, clock } = this.#options;
    if (this.#active >= (this.#failures > 0 ? 1 : atOnce)) return Number.POSITIVE_INFINITY;
    const now = clock.now();
    return Math.max(this.#pace.wait(now), this.#pausedUntil - now);
  }

  /**
   * Sends a request now: see `wait`.
   * @throws HttpError, and whatever `read` throws
   */
  async ask<T>(
    { address, method, accept, body, redirect = 'manual' }: Question,
    read: (response: Response) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { clock, fetch, name, timeoutMs } = this.#options;
    const headers: Record<string, string> = { accept, 'user-agent': 'osusume' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const started = clock.now();
    this.#pace.start(started);
    this.#active++;
    try {
      const request = { method, body, headers, redirect, timeoutMs, signal, fetch };
      const answer = await this.#read(await send(name, address, request), read);
      this.#succeeded(started);
      this.#meter.asked(this.#label, 'answered');
      return answer;
    } catch (error) {
      if (signal.aborted || !(error instanceof HttpError)) throw error;
      this.#meter.asked(this.#label, error.failure);
      if (isFault(error)) this.#failed(error, started);
      else this.#succeeded(started);
      throw error;
    } finally {
      this.#active--;
    }
  }

  async #read<T>(response: Response, read: (response: Response) => Promise<T>): Promise<T> {
    const now = this.#options.clock.now();
    const exhausted = exhaustedFor(response.headers, now);
    if (exhausted !== null) this.#pause(exhausted);
    try {
      const refusal = statusError(this.name, response, now);
      if (refusal) throw refusal;
      return await read(response);
    } catch (error) {
      await response.body?.cancel().catch(() => {});
      throw error;
    }
  }

  /** A request from before the last failure says nothing about the present. */
  #succeeded(started: number): void {
    if (started < this.#failedAt) return;
    if (this.#failures >= OUTAGE) this.#options.report(`Posters: ${this.name} answers again`);
    this.#failures = 0;
  }

  /** Several requests that fail together count as one failure. */
  #failed({ message, retryAfterMs }: HttpError, started: number): void {
    const { clock, random, report } = this.#options;
    if (retryAfterMs !== null) this.#pause(retryAfterMs);
    if (started < this.#failedAt) return;
    this.#failedAt = clock.now();
    this.#failures++;
    const backoff = { firstPauseMs: FIRST_PAUSE, longestPauseMs: LONGEST_PAUSE, random };
    this.#pause(pauseAfter(this.#failures, backoff));
    if (this.#failures === OUTAGE)
      report(`Posters: ${message}; retrying now and then, drawn posters are shown instead`);
  }

  #pause(milliseconds: number): void {
    const until = this.#options.clock.now() + Math.min(milliseconds, LONGEST_ASKED);
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }
}

/** The service is at fault, not the title that was asked for. */
export function isFault({ failure }: HttpError): boolean {
  return failure !== 'absent' && failure !== 'unusable';
}

/** Milliseconds until the service takes requests again, when its X-RateLimit-Remaining is 0. */
function exhaustedFor(headers: Headers, now: number): number | null {
  if (headers.get('x-ratelimit-remaining')?.trim() !== '0') return null;
  const reset = Number(headers.get('x-ratelimit-reset')) * 1000 - now;
  return reset > 0 ? reset : MINUTE;
}
