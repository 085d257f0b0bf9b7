/** One request to another server, within a time limit, and redirected only to where it may go. */
import { connectionError, HttpError } from './http-error.ts';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestInit['body'];
  /** origins that a redirect may lead to; 'follow' = any, 'manual' = a redirect is the answer; default: none */
  readonly redirect?: 'follow' | 'manual' | ReadonlySet<string>;
  /** for the whole answer, its body included; default: none */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
}

const NOWHERE: ReadonlySet<string> = new Set();
const MAX_REDIRECTS = 3;

/**
 * @param server its name, for messages
 * @returns the answer, whatever its status
 * @throws HttpError when there is none; also after `signal` has aborted
 */
export async function send(
  server: string,
  url: string | URL,
  { redirect = NOWHERE, timeoutMs, signal, fetch = globalThis.fetch, ...init }: HttpRequest,
): Promise<Response> {
  const signals = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  const limit = AbortSignal.any(signals.filter((one) => one !== undefined));
  const handling = typeof redirect === 'string' ? redirect : 'manual';
  let address = new URL(url);
  for (let hop = 0; ; hop++) {
    const options = { ...init, redirect: handling, signal: limit };
    const response = await fetch(address, options).catch((error) => {
      throw connectionError(server, 'cannot be reached', error);
    });
    // A 201 may have a Location, too.
    const isRedirect = response.status >= 300 && response.status < 400;
    const location = isRedirect ? response.headers.get('location') : null;
    if (typeof redirect === 'string' || location === null) return response;
    await response.body?.cancel();
    if (hop === MAX_REDIRECTS)
      throw new HttpError('unusable', `${server} redirects more than ${MAX_REDIRECTS} times`);
    address = allowed(server, location, address, redirect);
  }
}

function allowed(server: string, location: string, from: URL, origins: ReadonlySet<string>): URL {
  const to = URL.canParse(location, from) ? new URL(location, from) : null;
  if (to && !to.username && !to.password && origins.has(to.origin)) return to;
  throw new HttpError('unusable', `${server} redirects to an address that is not allowed`);
}
