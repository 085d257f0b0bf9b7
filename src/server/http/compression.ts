/** Compression of answers, and of the bodies of requests, as @fastify/compress negotiates them. */
import { constants } from 'node:zlib';
import compress, { type FastifyCompressOptions } from '@fastify/compress';
import type { FastifyReply } from 'fastify';

import type { App } from './fastify.ts';
import { Problem } from './problem.ts';

const REQUEST_ENCODINGS = ['gzip', 'deflate', 'br'] as const;

/** Call it before the routes are added. */
export async function compressAnswers(app: App): Promise<void> {
  app.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding) request.headers['content-encoding'] = usualName(encoding);
    done();
  });
  await app.register(compress, {
    ...compression(),
    requestEncodings: [...REQUEST_ENCODINGS, 'identity'],
    onUnsupportedRequestEncoding: unsupported,
    onInvalidRequestPayload: invalid,
  });
}

/**
 * How answers are compressed; a route may have options of its own.
 * @param quality of Brotli. Its default of 11 is for files that are compressed once; an answer has to be sent at once.
 * @param threshold bytes below which nothing is compressed: so few fit into one packet anyway
 */
export function compression({ quality = 4, threshold = 1024 } = {}): FastifyCompressOptions {
  const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: quality } };
  return { encodings: ['br', 'gzip'], threshold, brotliOptions };
}

/** Says that an answer differs by Accept-Encoding, beside what it differs by already. */
export function varyByEncoding(reply: FastifyReply): void {
  const others = reply.getHeader('vary');
  reply.header('vary', others ? `${others}, accept-encoding` : 'accept-encoding');
}

/** Names of encodings have no case, and x-gzip is gzip (RFC 9110, 8.4.1.3). */
function usualName(encoding: string): string {
  const name = encoding.toLowerCase();
  return name === 'x-gzip' ? 'gzip' : name;
}

function unsupported(encoding: string): Problem {
  const possible = REQUEST_ENCODINGS.join(', ');
  return new Problem(
    415,
    `Bodies compressed by ${encoding.slice(0, 40)} are not taken here; possible: ${possible}, or none`,
  );
}

/** The plugin copies the fields of what this returns to the error that it passes on. */
function invalid(encoding: string, _request: unknown, error: Error): Error {
  const message = `The body is not compressed by ${encoding}: ${error.message}`;
  return { name: 'Error', statusCode: 400, message } as Error;
}
