/** An answer that is sent before its request has arrived closes the connection, once what still arrives has been read. */
import type { IncomingMessage } from 'node:http';
import type { App } from '../http/fastify.ts';

export function closeAfterEarlyAnswers(app: App): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (hasMoreToCome(request.raw)) reply.header('connection', 'close');
    done();
  });
}

function hasMoreToCome({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
}
