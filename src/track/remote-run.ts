/** A tracking server: what each must be able to do, and how it is asked. */
import { readFile } from 'node:fs/promises';
import { readJson } from '../net/body.ts';
import { HttpError, statusError } from '../net/http-error.ts';
import { type HttpRequest, send } from '../net/send.ts';
import type { RunEvent } from './event-log.ts';

/** What the server calls the run; kept in the run's folder. Holds no secret. */
export type RemoteRun = Readonly<Record<string, string>>;

export interface TrackingServer {
  /** as in the configuration, e.g. "mlflow" */
  readonly name: string;
  /** Creates a run on the server. */
  create(
    run: { readonly name: string; readonly at: number },
    signal: AbortSignal,
  ): Promise<RemoteRun>;
  /**
   * Sending an event twice does no harm.
   * @param folder of the run, for its files
   */
  send(run: RemoteRun, event: RunEvent, folder: string, signal: AbortSignal): Promise<void>;
}

export type TrackingRequest = Pick<HttpRequest, 'method' | 'headers' | 'body' | 'timeoutMs'>;

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 16 << 20;
/** bytes a millisecond: an upload that is slower is given up and tried again */
const SLOWEST_UPLOAD = 100;

/** A file of a run, and how long its upload may take. null: it has been removed since it was recorded. */
export async function readForUpload(
  path: string,
): Promise<{ readonly body: Buffer<ArrayBuffer>; readonly timeoutMs: number } | null> {
  try {
    const body = await readFile(path);
    return { body, timeoutMs: TIMEOUT_MS + Math.ceil(body.length / SLOWEST_UPLOAD) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The reply's JSON; {} when it has none.
 * @param what is being done, for the message
 * @throws HttpError
 */
export async function request(
  what: string,
  url: URL,
  { method = 'POST', headers, body, timeoutMs = TIMEOUT_MS }: TrackingRequest,
  signal: AbortSignal,
): Promise<unknown> {
  const server = `${what}: ${url.host}`;
  const response = await send(server, url, {
    method,
    headers,
    body,
    timeoutMs,
    signal,
  });
  const json = (await readJson(server, response, MAX_BYTES)) ?? {};
  const error = statusError(server, response, Date.now());
  if (error === null) return json;
  const { error_code: code } = json as { error_code?: unknown };
  if (typeof code !== 'string') throw error;
  const { failure, message, status, retryAfterMs } = error;
  throw new HttpError(failure, `${message} ${code}`, { status, retryAfterMs, code });
}
