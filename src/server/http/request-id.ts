/** The id by which the log, an answer and a proxy in front name the same request. */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export const REQUEST_ID = 'x-request-id';

/**
 * Ids as proxies make them: a UUID (Envoy, Istio), 32 hexadecimal digits (nginx, a trace) or a ULID. Anything else may be
 * a name, an address or a key, which no log is to keep.
 */
const SANE =
  /^(?:[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|[\da-f]{32}|[0-7][\dA-HJKMNP-TV-Z]{25})$/i;

/** That of the header when it is sane, else a new one. */
export function requestIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const sent = headers[REQUEST_ID];
  return typeof sent === 'string' && SANE.test(sent) ? sent : randomUUID();
}
