/**
 * Headers that tell browsers what an answer may do. Every answer has the first set; documents, which run scripts, add
 * theirs (page-policy.ts). They are constants: computing them for each request, as @fastify/helmet does, would cost the
 * lists more than writing them. Strict-Transport-Security is left to the proxy that ends TLS: over plain HTTP browsers
 * ignore it.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';

/** No answer is stored by a cache unless its route says so. */
export const ANSWER_HEADERS = {
  'cache-control': 'no-store',
  // An answer that is data has nothing to load, and is not shown in a frame.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const;

/** For what pages of other origins load as a picture or a script, without CORS. */
export const FOR_OTHER_ORIGINS = { 'cross-origin-resource-policy': 'cross-origin' } as const;

/** Call it before other hooks and routes are added: what they set replaces these. */
export function secureAnswers(app: Pick<FastifyInstance, 'addHook'>): void {
  app.addHook('onRequest', (_request, reply, done) => {
    secureAnswer(reply);
    done();
  });
}

/** For an answer that is made before any hook runs. */
export function secureAnswer(reply: FastifyReply): FastifyReply {
  return reply.headers(ANSWER_HEADERS);
}
