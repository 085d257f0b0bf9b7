/** Lets pages of other origins use the API and the embedded element. The operator has to name the origins. */
import type { FastifyRequest } from 'fastify';
import type { App } from './fastify.ts';

/** Paths that are open to other origins. The console's are not: only its own page uses them. */
const OPEN_PATHS = /^\/(api\/(?!(v1\/)?admin(\/|$|\?))|graphql$|graphql\?|openapi\.json|embed\.js)/;
const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, HEAD, POST',
  'access-control-allow-headers': 'accept, content-type, if-none-match',
  'access-control-max-age': '86400',
};

/** @param origins such as https://portal.example; "*" = any */
export function allowOrigins(app: App, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const any = origins.includes('*');
  const allowed = new Set(origins);
  app.addHook('onRequest', (request, reply, done) => {
    if (!OPEN_PATHS.test(request.url)) return done();
    if (!any) reply.header('vary', 'origin');
    const { origin } = request.headers;
    if (origin === undefined || !(any || allowed.has(origin))) return done();
    reply.header('access-control-allow-origin', any ? '*' : origin);
    reply.header(
      'access-control-expose-headers',
      'etag, retry-after, ratelimit, ratelimit-policy, x-request-id',
    );
    if (!isPreflight(request)) return done();
    reply.headers(PREFLIGHT_HEADERS).code(204).send();
  });
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}
