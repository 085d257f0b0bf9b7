/** Fastify as this server uses it: TypeBox schemas, errors as problems. */

import { type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify';
import { MAX_BODY } from '../../api/constants/limits.ts';
import type { TrustProxy } from '../../config/trust-proxy-option.ts';
import { coercingValidator } from './coerce-params.ts';
import { parseJsonBy } from './parse-json.ts';
import {
  PROBLEM_TYPE,
  problemFromSchema,
  problemOf,
  type SchemaError,
  sendProblem,
} from './problem.ts';
import { REQUEST_ID, requestIdOf } from './request-id.ts';
import { ANSWER_HEADERS, secureAnswer } from './security-headers.ts';
import { schemaSerializer } from './serializer.ts';
import { spreadWork } from './spread-work.ts';

/** `/api` is the newest version of the API; version 1 keeps a path of its own. */
const VERSION_PREFIX = '/api/v1/';

/** Requests are followed by watch/watch-requests.ts. */
const SILENT = new LogController({ disableRequestLogging: true });

interface ServerOptions {
  /** that are trusted to write X-Forwarded-For; default: none */
  readonly proxies?: TrustProxy;
  /** makes the HTTP server; default: a plain one of Node */
  readonly serverFactory?: (listener: RequestListener) => Server;
  /** receives Fastify's own warnings; default: none */
  readonly log?: FastifyBaseLogger;
  /** called for bytes that were refused before they became a request */
  readonly onRefused?: (status: number, request?: Pick<FastifyRequest, 'id' | 'method'>) => void;
}

/** Bytes that did not become a request. */
interface Refused {
  readonly error: Error & { readonly code?: string };
  readonly socket: Socket;
}

const TIMEOUT = 'ERR_HTTP_REQUEST_TIMEOUT';

export function newServer(options: ServerOptions = {}) {
  const { proxies = false, serverFactory, log, onRefused = () => {} } = options;
  const refuse = ({ error, socket }: Refused) => {
    const status = refuseBytes(error, socket);
    if (status !== null) onRefused(status);
  };
  // Node reports all connections whose time is up at once: answering a thousand takes tenths of a second.
  const refuseLate = spreadWork(refuse);
  const app = Fastify({
    ...(serverFactory ? { serverFactory } : {}),
    trustProxy: trustOf(proxies),
    bodyLimit: MAX_BODY,
    ...(log ? { loggerInstance: log, logController: SILENT } : { logger: false }),
    genReqId: requestIdOf,
    // While the server closes, requests on open connections are still answered.
    return503OnClosing: false,
    schemaErrorFormatter: (errors, part) =>
      problemFromSchema(errors as readonly SchemaError[], part),
    frameworkErrors: (error, request, reply) => {
      const status = error.statusCode ?? 400;
      onRefused(status, request);
      sendProblem(secureAnswer(reply).header(REQUEST_ID, reply.request.id), status, error.message);
    },
    clientErrorHandler: (error, socket) => {
      if (error.code === TIMEOUT) refuseLate({ error, socket });
      else refuse({ error, socket });
    },
    // drain.ts closes them, and resets none whose request has arrived.
    forceCloseConnections: false,
    rewriteUrl: ({ url = '/' }) =>
      url.startsWith(VERSION_PREFIX) ? `/api/${url.slice(VERSION_PREFIX.length)}` : url,
  });
  app.decorateRequest('readingSince', 0);
  parseJsonBy(app);
  return app
    .withTypeProvider<TypeBoxTypeProvider>()
    .setValidatorCompiler(coercingValidator)
    .setSerializerCompiler(schemaSerializer);
}

/** In Fastify's own terms; it trusts nobody when given a bare number, because a number does not say who sent the header. */
function trustOf(proxies: TrustProxy) {
  if (typeof proxies === 'number') return (_address: string, hop: number) => hop < proxies;
  return proxies === false ? false : [...proxies];
}

export type App = ReturnType<typeof newServer>;

/** For bytes that are not an HTTP request: no reply object exists yet. @returns null = the client had left */
function refuseBytes(error: Refused['error'], socket: Socket): number | null {
  if (error.code === 'ECONNRESET' || socket.destroyed) return null;
  const [status, detail] = refusalOf(error.code);
  const body = JSON.stringify(problemOf(status, detail));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(ANSWER_HEADERS).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
  return status;
}

function refusalOf(code: string | undefined): [status: number, detail: string] {
  if (code === TIMEOUT) return [408, 'The request took too long to arrive. Send it again'];
  if (code === 'HPE_HEADER_OVERFLOW')
    return [431, 'The headers and the address are too long. Send a list in the body of a POST'];
  return [400, 'This is not a valid HTTP request'];
}
