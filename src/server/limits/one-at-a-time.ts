/**
 * Answers the requests of a connection one after another. Node starts all that a client sends together at once: a packet
 * has room for two thousand, and nobody else would be answered before all of them have begun.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Connection } from './connection.ts';
import type { Connections } from './connections.ts';

/** requests that wait on one connection; a client that sends more is disconnected */
const MOST_WAITING = 100;

export function oneAtATime(connections: Connections, listener: RequestListener): RequestListener {
  function begin(connection: Connection, request: IncomingMessage, response: ServerResponse): void {
    connection.request = request;
    connection.response = response;
    connection.startedAt = performance.now();
    connection.received = request.socket.bytesRead;
    response.once('close', () => {
      connection.request = null;
      connection.response = null;
      const next = connection.waiting.shift();
      if (next) setImmediate(begin, connection, ...next);
    });
    listener(request, response);
  }
  return (request, response) => {
    const connection = connections.of(request.socket);
    // It has just been closed, to make room for another.
    if (connection === undefined) return void request.socket.destroy();
    const isFree = connection.request === null && connection.waiting.length === 0;
    if (isFree) begin(connection, request, response);
    else if (connection.waiting.length < MOST_WAITING) connection.waiting.push([request, response]);
    else request.socket.destroy();
  };
}
