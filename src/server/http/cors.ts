/** Lets pages of other origins use the API and the element that they embed. Nobody may unless the operator names them. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './fastify.ts';

/** What a page elsewhere may ask for. */
const OPEN = /^\/(api\/|graphql$|graphql\?|openapi\.json|embed\.js)/;
const HEADERS = {
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
    if (!OPEN.test(request.url)) return done();
    if (!any) reply.header('vary', 'origin');
    const { origin } = request.headers;
    if (origin === undefined || !(any || allowed.has(origin))) return done();
    reply.header('access-control-allow-origin', any ? '*' : origin);
    reply.header('access-control-expose-headers', 'etag, retry-after');
    if (!isPreflight(request)) return done();
    permit(reply);
  });
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

function permit(reply: FastifyReply): void {
  reply.headers(HEADERS).code(204).send();
}
