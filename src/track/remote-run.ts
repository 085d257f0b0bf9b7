/** A tracking server: what one must be able to do, and how a request to it may fail. */
import { OsusumeError } from '../error.ts';
import type { RunEvent } from './event-log.ts';

/** What the server calls the run; kept in the run's folder. Holds no secret. */
export type Place = Readonly<Record<string, string>>;

export interface Remote {
  /** as in the configuration, e.g. "mlflow" */
  readonly name: string;
  /** Makes a run on the server. */
  create(run: { readonly name: string; readonly at: number }, signal: AbortSignal): Promise<Place>;
  /** Sending an event twice does no harm. `folder` is that of the run, for its files. */
  send(place: Place, event: RunEvent, folder: string, signal: AbortSignal): Promise<void>;
}

/** A request that was not answered as expected; `retry`: later it may be. */
export class RemoteError extends OsusumeError {
  override readonly name = 'RemoteError';

  constructor(
    message: string,
    readonly retry: boolean,
    readonly status = 0,
    readonly code = '',
  ) {
    super(message);
  }
}

export interface RemoteRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData | Buffer<ArrayBuffer>;
}

const TIMEOUT_MS = 15_000;
const RETRY_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * The answer's JSON; {} when it has none.
 * @param what is being done, for the message; the address and the headers are not shown: they may hold secrets
 * @throws RemoteError
 */
export async function request(
  what: string,
  url: URL,
  { method = 'POST', headers, body }: RemoteRequest,
  signal: AbortSignal,
): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers,
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      redirect: 'error',
    });
    text = await response.text();
  } catch (error) {
    throw new RemoteError(`${what}: ${url.host} cannot be reached (${reasonOf(error)})`, true);
  }
  const answer = parse(text);
  if (response.ok) return answer;
  const { error_code: code = '' } = answer as { error_code?: string };
  const retry = RETRY_STATUS.has(response.status);
  throw new RemoteError(
    `${what}: ${url.host} answered ${response.status}${code && ` ${code}`}`,
    retry,
    response.status,
    code,
  );
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** e.g. ECONNREFUSED; never the address. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? name;
}
