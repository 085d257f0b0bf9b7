/** Node's HTTP server with limits on what clients may hold: time, connections, and work that begins at once. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { LimitSettings } from '../../config/limit-settings.ts';
import { Connections, connectionsByFiles } from './connections.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { OwnAddresses } from './own-address.ts';
import { disconnectSlowClients } from './slow-clients.ts';

/** ms between two looks of Node for requests that take too long */
const CHECK_INTERVAL = 1000;

/** Requests whose client waits for 100 (Continue) before it sends the body. */
export const expectsContinue = new WeakSet<IncomingMessage>();

interface GuardOptions {
  readonly own: OwnAddresses;
  /** connections are a proxy's, so that none is counted as a visitor's */
  readonly throughProxy: boolean;
  /** called for each connection that was closed because there were too many */
  readonly onLimited?: (reason: 'connections') => void;
}

/** By the server, for those who close it. */
const connectionsOf = new WeakMap<Server, Connections>();

export function guardedServer(
  listener: RequestListener,
  limits: LimitSettings,
  { own, throughProxy, onLimited }: GuardOptions,
): Server {
  const { connectionsPerVisitor, headerSeconds, requestSeconds, idleSeconds } = limits;
  const server = createServer({
    headersTimeout: 1000 * Math.min(headerSeconds, requestSeconds),
    requestTimeout: 1000 * requestSeconds,
    keepAliveTimeout: 1000 * idleSeconds,
    connectionsCheckingInterval: CHECK_INTERVAL,
  });
  server.setTimeout(1000 * idleSeconds);
  const isUnlimited = throughProxy || connectionsPerVisitor === 0;
  const connections = new Connections(server, {
    connections: limits.connections || connectionsByFiles(),
    perVisitor: isUnlimited ? Number.POSITIVE_INFINITY : connectionsPerVisitor,
    own,
    onLimited: () => onLimited?.('connections'),
  });
  connectionsOf.set(server, connections);
  const answer = oneAtATime(connections, listener);
  server.on('request', answer);
  server.on('checkContinue', (request, response) => {
    expectsContinue.add(request);
    answer(request, response);
  });
  const stop = disconnectSlowClients(connections);
  server.once('close', stop);
  return server;
}

/** @throws TypeError for a server that is not guarded */
export function openConnections(server: Server): Connections {
  const found = connectionsOf.get(server);
  if (found === undefined) throw new TypeError('openConnections: this server is not guarded');
  return found;
}
