/** Answers requests for unknown paths (404) and with wrong methods (405). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './fastify.ts';
import { sendProblem } from './problem.ts';

/** What a browser shows at an unknown path. */
interface UnknownPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Answers 404, or 405 with Allow where the path has other methods. Call it before the routes are added.
 * @param page for browsers; null = none
 */
export function refuseUnknown(app: App, page: UnknownPage | null = null): void {
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
    // A parameter that is too long for the router is not found although its method is right.
    if (methods.length > 0 && !methods.includes(request.method))
      return refuseMethod(request, reply, methods);
    if (page && isBrowsing(request, path))
      return reply.code(404).headers(page.headers).type('text/html').send(page.html);
    return refusePath(request, reply);
  }
  // Before the body is read and checked: it does not matter here.
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    refuse(request, reply);
  });
  // For files that do not exist.
  app.setNotFoundHandler(refuse);
}

/** A person opens an address in a browser; programs and missing pictures get a problem instead. */
function isBrowsing({ method, headers }: FastifyRequest, path: string): boolean {
  const wanted = headers.accept?.includes('text/html') ?? false;
  return method === 'GET' && wanted && !/^\/(api|graphql|docs)(\/|$)|\./.test(path);
}

function refuseMethod(request: FastifyRequest, reply: FastifyReply, methods: readonly string[]) {
  const allow = [...new Set(methods)].sort().join(', ');
  reply.header('allow', allow);
  const detail = `${request.method} is not allowed at ${shown(request.url)}; allowed: ${allow}`;
  return sendProblem(reply, 405, detail);
}

function refusePath(request: FastifyRequest, reply: FastifyReply) {
  const detail = `There is nothing at ${request.method} ${shown(request.url)}; /docs lists all routes`;
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
