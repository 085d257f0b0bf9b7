/** Asks another site: tries again when it is busy or failing, within limits, and says in a sentence why it gave up. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ImportError } from './imported-list.ts';

/** What a request to another site needs from outside; each has a real default. */
export interface UpstreamEffects {
  readonly fetch?: typeof fetch;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  /** 0–1 */
  readonly random?: () => number;
  /** milliseconds since 1970 */
  readonly now?: () => number;
}

export interface UpstreamLimits {
  /** times a request is sent; default 4 */
  readonly attempts?: number;
  /** ms for one request; default 10,000 */
  readonly timeout?: number;
  /** ms for everything a list takes, pauses included; default 40,000 */
  readonly patience?: number;
}

export interface UpstreamRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface UpstreamAnswer {
  readonly status: number;
  /** null when it is not JSON */
  readonly json: unknown;
}

const MOST_BYTES = 16 << 20;
/** ms before the second attempt; doubled for each further one */
const FIRST_PAUSE = 500;

/** One list's conversation with a site: its time is counted over all of its requests. */
export class Upstream {
  readonly #effects: Required<UpstreamEffects>;
  readonly #limits: Required<UpstreamLimits>;
  readonly #deadline: number;

  /** @param site as people call it, for messages */
  constructor(
    readonly site: string,
    effects: UpstreamEffects = {},
    limits: UpstreamLimits = {},
  ) {
    this.#effects = { fetch, pause: sleep, random: Math.random, now: Date.now, ...effects };
    this.#limits = { attempts: 4, timeout: 10_000, patience: 40_000, ...limits };
    this.#deadline = this.#effects.now() + this.#limits.patience;
  }

  /**
   * The answer, unless it is "too many requests" or a failure of the site: then the next one, after a pause.
   * @throws ImportError 'upstream' or 'too-slow'
   */
  async ask(url: URL, request: UpstreamRequest): Promise<UpstreamAnswer> {
    for (let attempt = 1; ; attempt++) {
      const tried = await this.#try(url, request);
      const answered = 'status' in tried;
      if (answered && tried.status < 500 && tried.status !== 429) return tried;
      const pause = this.#pause(attempt, answered ? tried.retryAfter : null);
      if (attempt === this.#limits.attempts || this.#left() < pause) throw this.#gaveUp(tried);
      await this.#effects.pause(pause);
    }
  }

  /** The answer is there, but not what the site promises. */
  nonsense(what: string): ImportError {
    return new ImportError(
      'upstream',
      `${this.site} answered with something that is not ${what}. Try again later, or bring the list as a file`,
    );
  }

  async #try(url: URL, request: UpstreamRequest): Promise<Tried> {
    const timeout = AbortSignal.timeout(Math.max(1, Math.min(this.#limits.timeout, this.#left())));
    try {
      // A redirect could lead anywhere, and take the headers along.
      const response = await this.#effects.fetch(url, {
        ...request,
        redirect: 'error',
        signal: timeout,
      });
      const text = await boundedText(response);
      if (text === null) throw this.nonsense('a list: it has no end');
      return { status: response.status, json: parsed(text), retryAfter: this.#asked(response) };
    } catch (error) {
      if (error instanceof ImportError) throw error;
      return { slow: timeout.aborted };
    }
  }

  /** ms that the site asks to wait, or null. */
  #asked(response: Response): number | null {
    const value = response.headers.get('retry-after')?.trim() ?? '';
    if (/^\d{1,6}$/.test(value)) return 1000 * Number(value);
    const date = Date.parse(value);
    return Number.isNaN(date) ? null : Math.max(0, date - this.#effects.now());
  }

  /** As long as the site asks, else longer each time, and not in step with everyone else. */
  #pause(attempt: number, asked: number | null): number {
    return asked ?? FIRST_PAUSE * 2 ** (attempt - 1) * (0.75 + this.#effects.random() / 2);
  }

  #left(): number {
    return this.#deadline - this.#effects.now();
  }

  #gaveUp(tried: Tried): ImportError {
    const { site } = this;
    const next = 'Try again in a minute, or bring the list as a file';
    if (!('status' in tried)) {
      return tried.slow
        ? new ImportError('too-slow', `${site} takes too long to answer. ${next}`)
        : new ImportError('upstream', `${site} cannot be reached. ${next}`);
    }
    return tried.status === 429
      ? new ImportError('too-slow', `${site} is asked too often at the moment. ${next}`)
      : new ImportError('upstream', `${site} is out of order (status ${tried.status}). ${next}`);
  }
}

type Tried = (UpstreamAnswer & { readonly retryAfter: number | null }) | { readonly slow: boolean };

/** null when it is longer than any list. */
async function boundedText(response: Response): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > MOST_BYTES) return null;
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
