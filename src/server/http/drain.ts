/** Closing a server whose clients would keep their connections open. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** ms: an answer that takes longer than this is cut off when the server closes */
const GRACE = 10_000;
const SWEEP = 20;

/**
 * Watches a server's connections from before it listens.
 * @returns run `close` (which accepts nothing new and waits for all connections) while idle ones are closed as soon as
 *   they are idle. A browser opens connections ahead of need: Node counts one that has sent nothing yet as busy for
 *   a minute, so those are closed here.
 */
export function closingConnections(server: Server): (close: () => Promise<void>) => Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return async (close) => {
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    }, SWEEP);
    const end = setTimeout(() => server.closeAllConnections(), GRACE);
    await close().finally(() => {
      clearInterval(sweep);
      clearTimeout(end);
    });
  };
}
