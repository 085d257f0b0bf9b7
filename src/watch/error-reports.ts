/**
 * Reports unexpected errors to Sentry or a service that speaks its protocol: envelopes over HTTP, as
 * https://develop.sentry.dev/sdk/foundations/envelopes/ describes them. A report has the error without what people sent,
 * where it arose, the route and versions. It never has a body, a query, a header or an address, because nothing of these
 * is handed to it.
 */
import { randomUUID } from 'node:crypto';
import type { ErrorSettings } from '../config/watch-settings.ts';
import { UsageError } from '../error.ts';
import { retryAfterMs } from '../net/http-error.ts';
import { send } from '../net/send.ts';
import { RELEASE } from '../program/release.ts';
import type { Fields } from './log.ts';
import { framesOf } from './stack-frames.ts';
import { type Inputs, withoutInputs } from './without-inputs.ts';

export interface ErrorReports {
  /**
   * Sends a report in the background.
   * @param place the route or stage, versions and ids
   * @param inputs of the request; they are taken out of the error's message
   */
  report(error: unknown, place?: Fields, inputs?: Inputs): void;
  /** Waits until the reports under way have been sent, for a few seconds at most. */
  close(): Promise<void>;
}

export interface ErrorReportsOptions extends ErrorSettings {
  readonly fetch?: typeof fetch;
  /** ms since 1970 */
  readonly now?: () => number;
}

const CLIENT = `osusume/${RELEASE}`;
/** Reports in a minute; an error in every request is known after the first few. */
const MOST_A_MINUTE = 20;
const MINUTE = 60_000;
/** ms for one report */
const TIMEOUT = 5000;
/** ms without reports after a refusal that does not say how long */
const PAUSE = MINUTE;

interface Endpoint {
  readonly url: string;
  /** of the header X-Sentry-Auth */
  readonly auth: string;
}

/** @returns null when no DSN is configured @throws UsageError when it is none, without its value */
export function openErrorReports(options: ErrorReportsOptions): ErrorReports | null {
  if (options.dsn === null) return null;
  return new Reporter(endpointOf(options.dsn), options);
}

class Reporter implements ErrorReports {
  readonly #endpoint: Endpoint;
  readonly #environment: string;
  readonly #fetch: typeof fetch | undefined;
  readonly #now: () => number;
  readonly #underWay = new Set<Promise<void>>();
  #minute = -1;
  #sent = 0;
  #skipped = 0;
  #pausedUntil = 0;

  constructor(endpoint: Endpoint, { environment, fetch, now = Date.now }: ErrorReportsOptions) {
    this.#endpoint = endpoint;
    this.#environment = environment;
    this.#fetch = fetch;
    this.#now = now;
  }

  report(error: unknown, place: Fields = {}, inputs: Inputs = {}): void {
    if (!this.#mayReport()) return void this.#skipped++;
    const event = {
      ...eventOf(error, place, inputs),
      timestamp: this.#now() / 1000,
      environment: this.#environment,
      ...(this.#skipped > 0 ? { extra: { 'reports left out before': this.#skipped } } : {}),
    };
    this.#skipped = 0;
    const sending = this.#send(event).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async close(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #mayReport(): boolean {
    const now = this.#now();
    if (now < this.#pausedUntil) return false;
    const minute = Math.floor(now / MINUTE);
    if (minute !== this.#minute) this.#sent = 0;
    this.#minute = minute;
    return this.#sent++ < MOST_A_MINUTE;
  }

  /** Never fails: the error is in the log as well. */
  async #send(event: Event): Promise<void> {
    const { url, auth } = this.#endpoint;
    try {
      const response = await send('the error service', url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-sentry-envelope', 'x-sentry-auth': auth },
        body: envelopeOf(event, new Date(this.#now())),
        timeoutMs: TIMEOUT,
        fetch: this.#fetch,
      });
      await response.body?.cancel();
      if (response.status !== 429) return;
      this.#pausedUntil = this.#now() + (retryAfterMs(response.headers, this.#now()) ?? PAUSE);
    } catch {
      this.#pausedUntil = this.#now() + PAUSE;
    }
  }
}

/** https://develop.sentry.dev/sdk/foundations/transport/event-payloads/ */
interface Event {
  readonly event_id: string;
  readonly [field: string]: unknown;
}

function eventOf(error: unknown, place: Fields, inputs: Inputs): Event {
  const { name, message, stack } =
    error instanceof Error ? error : { name: 'Error', message: String(error), stack: undefined };
  const value = withoutInputs(message, inputs);
  const told = Object.entries(place).filter(([, value]) => value !== undefined);
  return {
    event_id: randomUUID().replaceAll('-', ''),
    platform: 'node',
    level: 'error',
    release: `osusume@${RELEASE}`,
    tags: Object.fromEntries(told.map(([key, value]) => [key, String(value)])),
    contexts: { runtime: { name: 'node', version: process.version } },
    exception: {
      values: [{ type: name, value, stacktrace: { frames: framesOf(stack ?? '') } }],
    },
  };
}

/** Three lines of JSON: about the envelope, about its item, the item. */
function envelopeOf(event: Event, now: Date): string {
  const about = { event_id: event.event_id, sent_at: now.toISOString() };
  return [about, { type: 'event' }, event].map((part) => `${JSON.stringify(part)}\n`).join('');
}

/** https://<key>@<host>[/path]/<project> → where envelopes go */
function endpointOf(dsn: string): Endpoint {
  const url = URL.canParse(dsn) ? new URL(dsn) : null;
  const [, path = '', project] = /^(.*)\/(\d+)\/?$/.exec(url?.pathname ?? '') ?? [];
  if (!url?.username || project === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError(
      'errors.dsn is not the address of a project, which looks like https://<key>@<host>/<number>: copy it from the settings of the project at the error service',
    );
  return {
    url: `${url.origin}${path}/api/${project}/envelope/`,
    auth: `Sentry sentry_version=7, sentry_client=${CLIENT}, sentry_key=${url.username}`,
  };
}
