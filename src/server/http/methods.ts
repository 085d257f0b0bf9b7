/** What was asked of an address that does not take it, and of one that does not exist. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './fastify.ts';
import { sendProblem } from './problem.ts';

/**
 * Answers 404, or 405 with Allow where other methods would do. Call it before the routes are added.
 * @param page HTML that says so to somebody who browses; null = there is none
 */
export function refuseUnknown(app: App, page: Buffer | null = null): void {
  const known = new Map<string, { readonly shape: RegExp; readonly methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const path = known.get(url) ?? { shape: shapeOf(url), methods: new Set() };
    for (const name of [method].flat()) path.methods.add(name);
    known.set(url, path);
  });
  function refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const path = request.url.split('?', 1)[0];
    const methods = [...known.values()].flatMap(({ shape, methods }) =>
      shape.test(path) ? [...methods] : [],
    );
    // A part of the address that is too long to be looked up leads to nothing.
    if (methods.length > 0 && !methods.includes(request.method))
      return refuseMethod(request, reply, methods);
    if (page && isBrowsing(request, path)) return reply.code(404).type('text/html').send(page);
    return refusePath(request, reply);
  }
  // At once: what a body that nobody will read is, or lacks, is not the point.
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    refuse(request, reply);
  });
  // A file that is not there.
  app.setNotFoundHandler(refuse);
}

/** A browser that opens an address, rather than a program that asks, or a picture that is missing. */
function isBrowsing({ method, headers }: FastifyRequest, path: string): boolean {
  const wanted = headers.accept?.includes('text/html') ?? false;
  return method === 'GET' && wanted && !/^\/(api|graphql|docs)(\/|$)|\./.test(path);
}

function refuseMethod(request: FastifyRequest, reply: FastifyReply, methods: readonly string[]) {
  const allow = [...new Set(methods)].sort().join(', ');
  reply.header('allow', allow);
  const detail = `${request.method} is not possible at ${shown(request.url)}; possible: ${allow}`;
  return sendProblem(reply, 405, detail);
}

function refusePath(request: FastifyRequest, reply: FastifyReply) {
  const detail = `There is nothing at ${request.method} ${shown(request.url)}; /docs lists what there is`;
  return sendProblem(reply, 404, detail);
}

function shown(url: string): string {
  return url.slice(0, 200);
}

/** /api/anime/:animeId → matches /api/anime/5 */
function shapeOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part.startsWith(':')) return '[^/]+';
    return part.replaceAll('::', ':').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}
