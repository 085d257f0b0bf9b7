/** Closes a server gracefully although clients keep their connections open. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** ms after which answers that are still running are cut off */
const GRACE_PERIOD = 10_000;
/** ms between two looks for idle connections */
const SWEEP_INTERVAL = 20;

/**
 * Tracks the server's connections; call it before the server listens.
 * @returns a function that runs `close` (which stops accepting connections and waits for the open ones) and meanwhile
 *   closes every connection as soon as it is idle. Browsers open connections ahead of need, and Node counts one
 *   without a request as busy for a minute; those are closed here too.
 */
export function drainConnections(server: Server): (close: () => Promise<void>) => Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return async (close) => {
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    }, SWEEP_INTERVAL);
    const end = setTimeout(() => server.closeAllConnections(), GRACE_PERIOD);
    await close().finally(() => {
      clearInterval(sweep);
      clearTimeout(end);
    });
  };
}
