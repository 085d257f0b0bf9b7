/** Requests to the site that a list is on: tried again when it is busy or failing, within what a person waits. */
import { readBytes } from '../../net/body.ts';
import { HttpError, statusError } from '../../net/http-error.ts';
import { pause, retry } from '../../net/retry.ts';
import { type HttpRequest, send } from '../../net/send.ts';
import { ImportError } from '../list/import-error.ts';
import type { SiteHealth } from './site-health.ts';

/** What requests need from outside; each has a real default. */
export interface SiteEffects {
  readonly fetch?: typeof fetch;
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<unknown>;
  /** 0–1 */
  readonly random?: () => number;
  /** milliseconds since 1970 */
  readonly now?: () => number;
}

export interface SiteLimits {
  /** times a request is sent; default 4 */
  readonly attempts?: number;
  /** ms for one request; default 10,000 */
  readonly timeout?: number;
  /** ms for everything a list takes, pauses included; default 40,000 */
  readonly patience?: number;
}

/** What all requests for one list share. */
export interface SiteAccess {
  readonly effects?: SiteEffects;
  readonly limits?: SiteLimits;
  /** what other look-ups know of the site; default: nothing */
  readonly health?: SiteHealth;
  /** aborts when nobody waits for the list any more */
  readonly signal?: AbortSignal;
}

export interface SiteReply {
  readonly status: number;
  /** undefined when it is not JSON */
  readonly json: unknown;
}

/** A chunk of 500 titles has 100 kB, a page of 1,000 has 400. */
const MAX_BYTES = 2 << 20;
/** Objects, lists and commas of an answer: a page of 1,000 titles has 4,000 and 12,000. Millions take long to parse. */
const MOST_BRACKETS = 20_000;
const MOST_COMMAS = 100_000;
const FIRST_PAUSE = 500;
/** ms for one request after one that failed */
const SHORT_TIMEOUT = 4000;
/** ms that a look-up waits for its turn at a site */
const LONGEST_WAIT = 10_000;
const NEXT = 'Try again in a minute, or bring the list as a file';

/** For one list: the time for all of its requests is limited together. */
export class SiteClient {
  readonly #effects: SiteEffects & { readonly now: () => number };
  readonly #limits: Required<SiteLimits>;
  readonly #health: SiteHealth | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #deadline: number;

  /** @param site as people call it, for messages */
  constructor(
    readonly site: string,
    { effects, limits, health, signal }: SiteAccess = {},
  ) {
    this.#health = health;
    this.#signal = signal;
    this.#effects = { now: Date.now, ...effects };
    this.#limits = { attempts: 4, timeout: 10_000, patience: 40_000, ...limits };
    this.#deadline = this.#effects.now() + this.#limits.patience;
  }

  /**
   * The reply, also one that refuses the request.
   * @throws ImportError 'upstream', 'too-slow', 'away' or 'busy'
   */
  async ask(
    url: URL,
    request: Pick<HttpRequest, 'method' | 'headers' | 'body'>,
  ): Promise<SiteReply> {
    const { attempts } = this.#limits;
    const signal = this.#signal;
    const options = { ...this.#effects, attempts, firstPauseMs: FIRST_PAUSE, signal };
    try {
      return await retry(() => this.#try(url, request), { ...options, deadline: this.#deadline });
    } catch (error) {
      throw error instanceof HttpError ? this.#importError(error) : error;
    }
  }

  /** The reply is not what the site promises. */
  nonsense(what: string): ImportError {
    return new ImportError(
      'upstream',
      `${this.site} answered with something that is not ${what}. Try again later, or bring the list as a file`,
    );
  }

  async #try(url: URL, request: HttpRequest): Promise<SiteReply> {
    const ended = await this.#turn();
    const { now } = this.#effects;
    try {
      const reply = await this.#send(url, request);
      ended?.('answered', now());
      this.#health?.asked('answered');
      return reply;
    } catch (error) {
      const isFault = error instanceof HttpError && error.isTemporary;
      const hasLeft = this.#signal?.aborted;
      if (isFault && error.retryAfterMs !== null) this.#health?.pause(error.retryAfterMs, now());
      ended?.(hasLeft ? 'left' : isFault ? 'failed' : 'answered', now());
      if (!hasLeft && error instanceof HttpError) this.#health?.asked(error.failure);
      throw error;
    }
  }

  /** Waits until the site may be asked; from then on the request counts. @returns receives how it ended */
  async #turn() {
    const { now, sleep = pause } = this.#effects;
    for (;;) {
      this.#signal?.throwIfAborted();
      const wait = this.#health?.wait(now()) ?? 0;
      if (wait <= 0) return this.#health?.start(now());
      if (wait > LONGEST_WAIT || now() + wait > this.#deadline) {
        throw new ImportError(
          'busy',
          `Many lists are being looked up at ${this.site}. ${NEXT}`,
          Math.ceil(wait / 1000),
        );
      }
      await sleep(wait, this.#signal);
    }
  }

  async #send(url: URL, request: HttpRequest): Promise<SiteReply> {
    const { fetch, now } = this.#effects;
    const { timeout } = this.#limits;
    const patience = this.#health?.isDoubtful ? Math.min(SHORT_TIMEOUT, timeout) : timeout;
    const timeoutMs = Math.max(1, Math.min(patience, this.#deadline - now()));
    const signal = this.#signal;
    const response = await send(this.site, url, { ...request, timeoutMs, fetch, signal });
    const json = parsed(await readBytes(this.site, response, MAX_BYTES));
    const error = statusError(this.site, response, now());
    if (error?.isTemporary) throw error;
    return { status: response.status, json };
  }

  #importError({ failure, status, message }: HttpError): ImportError {
    const { site } = this;
    if (failure === 'slow')
      return new ImportError('too-slow', `${site} takes too long to answer. ${NEXT}`);
    if (failure === 'busy')
      return new ImportError('too-slow', `${site} is asked too often at the moment. ${NEXT}`);
    if (status > 0)
      return new ImportError('upstream', `${site} is out of order (status ${status}). ${NEXT}`);
    return new ImportError('upstream', `${message}. ${NEXT}`);
  }
}

/** @returns undefined when it is not JSON, or JSON of far too many parts */
function parsed(bytes: Buffer): unknown {
  let brackets = 0;
  let commas = 0;
  for (const byte of bytes) {
    if (byte === OBJECT || byte === LIST) brackets++;
    else if (byte === COMMA) commas++;
  }
  if (brackets > MOST_BRACKETS || commas > MOST_COMMAS) return undefined;
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

const OBJECT = 0x7b;
const LIST = 0x5b;
const COMMA = 0x2c;
