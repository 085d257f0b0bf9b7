/** Notices when a visitor leaves before the answer is complete, so that work for nobody can stop. */
import type { FastifyReply } from 'fastify';

export function leaving(reply: FastifyReply): AbortSignal {
  const left = new AbortController();
  const { raw } = reply;
  raw.once('close', () => {
    if (!raw.writableEnded) left.abort();
  });
  return left.signal;
}
