/**
 * Lets clients read an early answer, such as 413, while they are still sending. To close a connection with unread bytes
 * resets it, and the client may never see the answer. So it is closed for sending only, and what still arrives is read
 * and dropped, for a bounded time and size.
 */
import type { Connection } from './connection.ts';

/** ms */
const LONGEST = 10_000;
/** bytes */
const LARGEST = 64 << 20;
/** ms between two looks */
const INTERVAL = 50;

/** From now on, closing the connection after an answer waits for the rest of the request. */
export function readAway(connection: Connection): void {
  const { socket } = connection;
  const destroySoon = socket.destroySoon.bind(socket);
  socket.destroySoon = () => {
    const { request } = connection;
    if (request === null || request.complete || socket.destroyed) return destroySoon();
    // What was to take the body takes no more of it.
    request.unpipe();
    request.resume();
    socket.end();
    const until = performance.now() + LONGEST;
    const most = socket.bytesRead + LARGEST;
    const look = setInterval(() => {
      const isOver = performance.now() > until || socket.bytesRead > most;
      if (request.complete) destroySoon();
      else if (isOver) socket.destroy();
    }, INTERVAL).unref();
    socket.once('close', () => clearInterval(look));
  };
}
