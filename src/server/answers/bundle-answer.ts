/** Answers that depend only on the bundle and the request. Clients that have one already get 304, and nothing is computed. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RELEASE } from '../../program/release.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { isKnown, weakTag } from '../http/etag.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

interface CacheOptions {
  /** who may keep the answer: any cache (default), or only the client's own */
  readonly scope?: 'public' | 'private';
  /** of what else than the bundle the answer depends on, such as settings of the server */
  readonly variant?: (bundle: Bundle) => string;
}

/**
 * Runs `make` on the bundle in use and sends its result. Caches have to revalidate ("no-cache"): the bundle may have been
 * replaced a second ago, and revalidating costs only a 304.
 */
export function answerFromBundle(
  bundles: CurrentBundle,
  request: FastifyRequest,
  reply: FastifyReply,
  make: (bundle: Bundle) => unknown,
  { scope = 'public', variant = () => '' }: CacheOptions = {},
): Promise<FastifyReply> {
  return bundles.use(async (bundle) => {
    // Another release may say the same differently.
    const tag = weakTag(`${RELEASE} ${bundle.version} ${variant(bundle)}`);
    const known = isKnown(request.headers['if-none-match'], tag);
    const answer = known ? undefined : await make(bundle);
    reply.header('etag', tag).header('cache-control', `${scope}, no-cache`);
    if (known) return reply.code(304).send();
    return reply.type('application/json').send(answer);
  });
}
