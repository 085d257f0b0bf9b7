/** A picture from one of the allowed origins. */
import { readBytes } from '../net/body.ts';
import { HttpError } from '../net/http-error.ts';
import { MAX_BYTES, namedType, type Picture, typeOf } from './picture.ts';
import type { Upstream } from './upstream.ts';

/** Each origin that pictures may come from, e.g. https://cdn.myanimelist.net */
export type Origins = ReadonlyMap<string, Upstream>;

/** @throws HttpError when there is no picture that may be used */
export async function download(
  address: string,
  origins: Origins,
  signal: AbortSignal,
): Promise<Picture> {
  const upstream = upstreamOf(address, origins);
  const accept = 'image/avif,image/webp,image/jpeg,image/png';
  const question = { address, accept, redirect: new Set(origins.keys()) };
  return upstream.ask(question, (response) => read(response, upstream.name), signal);
}

/** @throws HttpError unless pictures may come from there */
export function upstreamOf(address: string, origins: Origins): Upstream {
  const url = URL.canParse(address) ? new URL(address) : null;
  const upstream = url && !url.username && !url.password && origins.get(url.origin);
  if (upstream) return upstream;
  throw new HttpError(
    'unusable',
    `Pictures are not taken from ${url?.host.slice(0, 100) || 'an invalid address'}: posters.origins lists the allowed origins`,
  );
}

async function read(response: Response, server: string): Promise<Picture> {
  const isNamed = response.status === 200 && namedType(response.headers.get('content-type'));
  const bytes = isNamed ? await readBytes(server, response, MAX_BYTES) : null;
  const type = bytes && typeOf(bytes);
  if (bytes && type) return { type, bytes };
  throw new HttpError('unusable', `${server} sent something that is not a picture`);
}
