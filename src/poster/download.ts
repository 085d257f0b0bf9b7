/** A picture from one of the named origins: every redirect is checked before it is followed. */
import { readBytes } from './body.ts';
import { MOST_BYTES, namedType, type Picture, typeOf } from './picture.ts';
import type { Upstream } from './upstream.ts';
import { UpstreamError } from './upstream-error.ts';

const REDIRECTS = 3;

/** Each origin that pictures may come from, e.g. https://cdn.myanimelist.net */
export type Origins = ReadonlyMap<string, Upstream>;

/** @throws UpstreamError when it is not a picture that may be taken, or not now */
export async function download(
  address: string,
  origins: Origins,
  signal: AbortSignal,
): Promise<Picture> {
  let at = address;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const upstream = upstreamOf(at, origins);
    const answer = await upstream.ask(
      { address: at, accept: 'image/avif,image/webp,image/jpeg,image/png' },
      (response) => read(response, upstream.name),
      signal,
    );
    if ('bytes' in answer) return answer;
    at = URL.canParse(answer.movedTo, at) ? new URL(answer.movedTo, at).href : answer.movedTo;
  }
  throw new UpstreamError('unusable', `A picture was redirected more than ${REDIRECTS} times`);
}

/** @throws UpstreamError unless pictures are taken from there */
export function upstreamOf(address: string, origins: Origins): Upstream {
  const url = URL.canParse(address) ? new URL(address) : null;
  const upstream = url && !url.username && !url.password && origins.get(url.origin);
  if (upstream) return upstream;
  throw new UpstreamError(
    'unusable',
    `Pictures are not taken from ${url?.host.slice(0, 100) || 'an address that is none'}: posters.origins names where from`,
  );
}

async function read(response: Response, name: string): Promise<Picture | { movedTo: string }> {
  const { status, headers } = response;
  const movedTo = headers.get('location');
  if (status >= 300 && movedTo !== null) {
    await response.body?.cancel();
    return { movedTo };
  }
  if (status !== 200 || namedType(headers.get('content-type')) === null)
    throw new UpstreamError('unusable', `${name} sent something that is not a picture`);
  const bytes = await readBytes(response, MOST_BYTES, name);
  const type = typeOf(bytes);
  if (type === null)
    throw new UpstreamError('unusable', `${name} sent something that is not a picture`);
  return { type, bytes };
}
