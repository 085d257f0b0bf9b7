/** Disconnects clients that send a body or read an answer so slowly that they only hold the connection. */
import type { Connection } from './connection.ts';
import type { Connections } from './connections.ts';

/** bytes a second, on average; ten times as slow as a telephone line */
const LEAST_RATE = 500;
/** ms that a client may be slow: a train may pass a tunnel */
const PATIENCE = 20_000;
/** ms between two looks */
const INTERVAL = 1000;

/** @returns a function that ends it */
export function disconnectSlowClients(
  connections: Connections,
  { clock = () => performance.now(), interval = INTERVAL, patience = PATIENCE } = {},
): () => void {
  const timer = setInterval(() => {
    const now = clock();
    for (const connection of connections)
      if (sendsSlowly(connection, now, patience) || readsSlowly(connection, now, patience))
        connection.socket.destroy();
  }, interval).unref();
  return () => clearInterval(timer);
}

function sendsSlowly(
  { request, socket, startedAt, received }: Connection,
  now: number,
  patience: number,
): boolean {
  const took = now - startedAt;
  if (request === null || request.complete || took < patience) return false;
  return socket.bytesRead - received < (LEAST_RATE * took) / 1000;
}

function readsSlowly(connection: Connection, now: number, patience: number): boolean {
  const { socket, response } = connection;
  const isWaiting = response !== null && socket.writableLength > 0;
  const since = now - connection.sentAt;
  if (isWaiting && since < patience) return false;
  const sent = socket.bytesWritten - socket.writableLength;
  const isSlow = isWaiting && sent - connection.sent < (LEAST_RATE * since) / 1000;
  connection.sent = sent;
  connection.sentAt = now;
  return isSlow;
}
