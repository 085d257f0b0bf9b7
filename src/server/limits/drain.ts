/** Closes a server gracefully although clients keep their connections open. */
import type { Server } from 'node:http';
import { setImmediate as afterPolling } from 'node:timers/promises';
import type { App } from '../http/fastify.ts';
import { openConnections } from './guarded-server.ts';

/** ms after which answers that are still running are cut off */
const GRACE_PERIOD = 10_000;
/** ms between two looks for idle connections */
const SWEEP_INTERVAL = 20;
/** ms in which the first request of a new connection arrives */
const YOUNG = 200;

/** From the moment that `closing` aborts, every answer asks its client to connect anew, elsewhere or later. */
export function closeAfterAnswers(app: App, closing: AbortSignal): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing.aborted) reply.header('connection', 'close');
    done();
  });
}

/** turns of the event loop in which the queue of new connections may become empty */
const MOST_TURNS = 200;

/** Waits for a turn of the event loop without a new connection: those that the system has queued would be reset. */
async function queueIsEmpty(server: Server): Promise<void> {
  let accepted = 0;
  const count = () => accepted++;
  server.on('connection', count);
  for (let turn = 0, before = -1; accepted !== before && turn < MOST_TURNS; turn++) {
    before = accepted;
    await afterPolling();
  }
  server.off('connection', count);
}

/**
 * Stops accepting connections, closes every connection as soon as it is idle, and then runs `close`. Browsers open
 * connections ahead of need, and Node counts one without a request as busy.
 */
export async function drainConnections(server: Server, close: () => Promise<void>): Promise<void> {
  const connections = openConnections(server);
  // Right after the event loop has read what clients have sent: a request that has arrived is not reset.
  const sweep = setInterval(async () => {
    await afterPolling();
    const now = performance.now();
    for (const { socket, request, startedAt } of connections)
      if (request === null && (socket.bytesRead > 0 || now - startedAt > YOUNG)) socket.destroy();
  }, SWEEP_INTERVAL);
  const end = setTimeout(() => server.closeAllConnections(), GRACE_PERIOD);
  await queueIsEmpty(server);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(sweep);
  clearTimeout(end);
  await close();
}
