/** Tells when a client closes the connection before its answer is complete, so that work for nobody can stop. */
import type { FastifyReply } from 'fastify';

/** Aborts when the connection closes early. */
export function clientAbortSignal(reply: FastifyReply): AbortSignal {
  const aborted = new AbortController();
  const { raw } = reply;
  raw.once('close', () => {
    if (!raw.writableEnded) aborted.abort();
  });
  return aborted.signal;
}
