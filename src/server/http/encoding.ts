/**
 * Bodies that are packed on their way, by hand where the hooks of @fastify/compress cost too much: on the route of lists
 * they take a sixth of the requests that can be answered, from clients too that neither send nor want anything packed.
 */
import {
  brotliCompress,
  brotliDecompress,
  constants,
  gunzip,
  gzip,
  inflate,
  type ZlibOptions,
} from 'node:zlib';
import { errorCodes, type FastifyReply, type FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

export type Encoding = 'br' | 'gzip' | 'identity';

/** Brotli's default is for files that are packed once; an answer has to leave at once. */
export const BROTLI_AT_ONCE = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** Bytes: fewer fit into one packet anyway. */
export const WORTH_PACKING = 1024;

/** What an answer is packed with, by the request's Accept-Encoding. */
export function encodingOf(accepted: string | string[] | undefined): Encoding {
  const text = String(accepted ?? '');
  const refused = (name: string) => new RegExp(`\\b${name}\\s*;\\s*q=0(\\.0*)?(,|$)`).test(text);
  if (/\bbr\b/.test(text) && !refused('br')) return 'br';
  return /\bgzip\b/.test(text) && !refused('gzip') ? 'gzip' : 'identity';
}

/** The answer depends on Accept-Encoding, beside the origin, where pages of others are let in. */
export function varyByEncoding(reply: FastifyReply): void {
  const others = reply.getHeader('vary');
  reply.header('vary', others ? `${others}, accept-encoding` : 'accept-encoding');
}

/** The answer's bytes as the client wants them, and the headers that say so. */
export function packedFor(
  request: FastifyRequest,
  reply: FastifyReply,
  bytes: Buffer,
): Buffer | Promise<Buffer> {
  const accepted = request.headers['accept-encoding'];
  const encoding = accepted === undefined ? 'identity' : encodingOf(accepted);
  if (encoding === 'identity' || bytes.length < WORTH_PACKING) return bytes;
  varyByEncoding(reply);
  reply.header('content-encoding', encoding);
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, packed: Buffer) => (error ? reject(error) : resolve(packed));
    if (encoding === 'br') brotliCompress(bytes, BROTLI_AT_ONCE, done);
    else gzip(bytes, done);
  });
}

type Unpack = (
  bytes: Buffer,
  options: ZlibOptions,
  done: (error: NodeJS.ErrnoException | null, bytes: Buffer) => void,
) => void;

const UNPACK = new Map<string, Unpack>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', brotliDecompress],
]);

/** Gives the bytes of a request's body, unpacked where its Content-Encoding says that they are packed. */
export function unpackBody(
  request: FastifyRequest,
  bytes: Buffer,
  done: (error: Error | null, bytes: Buffer) => void,
): void {
  const encoding = request.headers['content-encoding']?.toLowerCase();
  if (!encoding || encoding === 'identity') {
    done(null, bytes);
    return;
  }
  const unpack = UNPACK.get(encoding);
  if (!unpack) {
    const possible = [...UNPACK.keys()].join(', ');
    const detail = `Bodies packed by ${encoding.slice(0, 40)} are not taken here; possible: ${possible}, or none`;
    done(new Problem(415, detail), bytes);
    return;
  }
  unpack(bytes, { maxOutputLength: request.routeOptions.bodyLimit }, (error, unpacked) =>
    done(error && refusalOf(error, encoding), unpacked),
  );
}

function refusalOf({ code, message }: NodeJS.ErrnoException, encoding: string): Error {
  if (code === 'ERR_BUFFER_TOO_LARGE') return new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
  return new Problem(400, `The body is not packed by ${encoding}: ${message}`);
}
