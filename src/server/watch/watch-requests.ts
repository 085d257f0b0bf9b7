/** Follows every request from its headers to the end of its answer: its id, a line of the log, metrics, a trace. */
import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fields, Log } from '../../watch/log.ts';
import type { RequestTraces } from '../../watch/tracing.ts';
import type { App } from '../http/fastify.ts';
import { REQUEST_ID } from '../http/request-id.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import type { HttpMetrics } from './http-metrics.ts';
import { RefusalBursts } from './refusal-bursts.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** version of the bundle in use when the handler began; null = it has not begun */
    bundle: string | null;
    /** the whole answer has been handed over; else the client has left, or is still waiting */
    isAnswered: boolean;
  }
}

/** Nobody sees this status; servers use it for clients that left. */
const CLIENT_GONE = 499;
/** The route of a request that no route is for, and of bytes that are no request. */
const UNKNOWN = '(unknown)';
const UNREADABLE = '(unreadable)';

export interface RequestWatch {
  readonly bundles: Pick<CurrentBundle, 'version'>;
  readonly log?: Pick<Log, 'request' | 'warn'> | null;
  readonly metrics?: HttpMetrics | null;
  readonly traces?: RequestTraces | null;
}

/** Call it before other hooks: a request that they refuse is followed, too. */
export function watchRequests(app: App, { bundles, log, metrics, traces }: RequestWatch): void {
  const bursts = log && new RefusalBursts({ warn: (...line) => log.warn(...line) });
  app.addHook('onClose', async () => bursts?.stop());
  app.decorateRequest('bundle', null);
  app.decorateRequest('isAnswered', false);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID, request.id);
    if (!log && !metrics && !traces) return done();
    metrics?.begin();
    traces?.begin(request, request.headers.traceparent);
    // A client may leave before its answer is complete: then this is all that happens.
    reply.raw.once('close', () => {
      const answered = answerOf(request, reply, traces);
      metrics?.end(answered.route, answered.method, answered.status, answered.milliseconds / 1000);
      log?.request(answered);
      if (answered.status >= 400 && answered.status < 500)
        bursts?.add(answered.method, answered.route, answered.status);
      traces?.end(request, answered);
    });
    done();
  });
  app.addHook('onResponse', (request, _reply, done) => {
    request.isAnswered = true;
    done();
  });
  app.addHook('preHandler', (request, _reply, done) => {
    request.bundle = bundles.version;
    if (traces) traces.run(request, done);
    else done();
  });
}

/** Follows what is refused before it becomes a request: bytes that are none, and addresses that cannot be decoded. */
export function watchUnreadable({ log, metrics }: Pick<RequestWatch, 'log' | 'metrics'>) {
  return (status: number, request?: Pick<FastifyRequest, 'id' | 'method'>): void => {
    const { id = randomUUID(), method = '?' } = request ?? {};
    metrics?.begin();
    metrics?.end(UNREADABLE, method, status, 0);
    log?.request({ id, method, route: UNREADABLE, status, milliseconds: 0 });
  };
}

/** What can be said of a request in a log. */
export function placeOf({ id, method, routeOptions, bundle }: FastifyRequest): Fields {
  return { request: id, method, route: nameOf(routeOptions.url), bundle: bundle ?? undefined };
}

function answerOf(request: FastifyRequest, reply: FastifyReply, traces?: RequestTraces | null) {
  const { id, method, bundle } = request;
  return {
    id,
    method,
    route: nameOf(request.routeOptions.url),
    status: request.isAnswered ? reply.statusCode : CLIENT_GONE,
    milliseconds: reply.elapsedTime,
    bundle: bundle ?? undefined,
    trace: traces?.idOf(request),
  };
}

/** A colon that does not begin a parameter is written twice in a route. */
function nameOf(url: string | undefined): string {
  return url?.replaceAll('::', ':') ?? UNKNOWN;
}
