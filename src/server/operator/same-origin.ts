/** Whether a request that a browser sends with cookies comes from a page of this server: others must not act for it. */
import type { FastifyRequest } from 'fastify';

/**
 * Browsers say where a request comes from, and pages cannot change what they say. A client that says nothing is no
 * browser, and has no cookies that a page could misuse.
 */
export function isFromOwnPage({
  headers,
  host,
}: Pick<FastifyRequest, 'headers' | 'host'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === host;
}
