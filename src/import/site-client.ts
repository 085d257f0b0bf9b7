/** Requests to the site that a list is on: tried again when it is busy or failing, within what a person waits. */
import { readJson } from '../net/body.ts';
import { HttpError, statusError } from '../net/http-error.ts';
import { retry } from '../net/retry.ts';
import { type HttpRequest, send } from '../net/send.ts';
import { ImportError } from './imported-list.ts';

/** What requests need from outside; each has a real default. */
export interface SiteEffects {
  readonly fetch?: typeof fetch;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
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

export interface SiteReply {
  readonly status: number;
  /** undefined when it is not JSON */
  readonly json: unknown;
}

const MAX_BYTES = 16 << 20;
const FIRST_PAUSE = 500;
const NEXT = 'Try again in a minute, or bring the list as a file';

/** For one list: the time for all of its requests is limited together. */
export class SiteClient {
  readonly #effects: SiteEffects & { readonly now: () => number };
  readonly #limits: Required<SiteLimits>;
  readonly #deadline: number;

  /** @param site as people call it, for messages */
  constructor(
    readonly site: string,
    effects: SiteEffects = {},
    limits: SiteLimits = {},
  ) {
    this.#effects = { now: Date.now, ...effects };
    this.#limits = { attempts: 4, timeout: 10_000, patience: 40_000, ...limits };
    this.#deadline = this.#effects.now() + this.#limits.patience;
  }

  /**
   * The reply, also one that refuses the request.
   * @throws ImportError 'upstream' or 'too-slow'
   */
  async ask(
    url: URL,
    request: Pick<HttpRequest, 'method' | 'headers' | 'body'>,
  ): Promise<SiteReply> {
    const { attempts } = this.#limits;
    const options = { ...this.#effects, attempts, firstPauseMs: FIRST_PAUSE };
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
    const { fetch, now } = this.#effects;
    const timeoutMs = Math.max(1, Math.min(this.#limits.timeout, this.#deadline - now()));
    const response = await send(this.site, url, { ...request, timeoutMs, fetch });
    const json = await readJson(this.site, response, MAX_BYTES);
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
