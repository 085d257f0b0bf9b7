/**
 * Serves the files of a built page from memory. They are few and small, and reading one from the disk takes several
 * turns of the event loop, each of which waits for whatever else the server is doing.
 */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { varyByEncoding } from './compression.ts';
import { isKnown, weakTag } from './etag.ts';
import type { App } from './fastify.ts';

export interface BuiltFilesOptions {
  /** that the addresses of the files begin with; default: / */
  readonly prefix?: string;
  /** The files change while the server runs: each is read when it is asked for. Default: false */
  readonly isLive?: boolean;
}

interface BuiltFile {
  readonly type: string;
  readonly tag: string;
  readonly bytes: Buffer;
  /** as build/compress.js has written them; null = not worth it */
  readonly compressed: Readonly<Record<Encoding, Buffer | null>>;
}

type Encoding = keyof typeof SUFFIXES;

const SUFFIXES = { br: '.br', gzip: '.gz' };
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
/** esbuild puts a hash of the content into these names. */
const NAMED_BY_CONTENT = /-[A-Z0-9]{8}\.\w+$/;

/** Adds a route for the files of a folder. @returns sends one of them, for other addresses of the same file */
export async function serveBuiltFiles(
  app: App,
  folder: string,
  { prefix = '/', isLive = false }: BuiltFilesOptions = {},
): Promise<(name: string, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>> {
  const held = isLive ? null : await readAll(folder);
  const find = async (name: string) => (held ?? (await readAll(folder, name))).get(name);
  const send = async (name: string, request: FastifyRequest, reply: FastifyReply) => {
    const file = await find(name);
    if (!file) {
      reply.callNotFound();
      return reply;
    }
    return sendFile(file, NAMED_BY_CONTENT.test(name), request, reply);
  };
  app.get<{ Params: { '*': string } }>(`${prefix}*`, { schema: { hide: true } }, (request, reply) =>
    send(request.params['*'] || 'index.html', request, reply),
  );
  return send;
}

function sendFile(
  file: BuiltFile,
  isNamedByContent: boolean,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const caching = isNamedByContent ? 'public, max-age=31536000, immutable' : 'public, max-age=0';
  reply.header('cache-control', caching).header('etag', file.tag);
  varyByEncoding(reply);
  if (isKnown(request.headers['if-none-match'], file.tag)) return reply.code(304).send();
  reply.type(file.type);
  const encoding = wantedOf(request.headers['accept-encoding']);
  const compressed = encoding && file.compressed[encoding];
  if (compressed) return reply.header('content-encoding', encoding).send(compressed);
  return reply.send(file.bytes);
}

/** The better encoding of those that the client takes; a weight of 0 refuses one (RFC 9110, 12.5.3). */
function wantedOf(accepted: string | string[] | undefined): Encoding | null {
  const taken = String(accepted ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.split(';').map((part) => part.trim()))
    .filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? ''))
    .map(([name]) => name);
  return (['br', 'gzip'] as const).find((encoding) => taken.includes(encoding)) ?? null;
}

/** @param only the only file to read; default: all of the folder */
async function readAll(folder: string, only?: string): Promise<Map<string, BuiltFile>> {
  const names = await readdir(folder);
  const wanted = names.filter((name) => extname(name) in TYPES && (only ?? name) === name);
  const files = await Promise.all(
    wanted.map(async (name): Promise<[string, BuiltFile]> => {
      const read = (suffix: string) =>
        names.includes(name + suffix) ? readFile(join(folder, name + suffix)) : null;
      const bytes = await readFile(join(folder, name));
      const compressed = { br: await read(SUFFIXES.br), gzip: await read(SUFFIXES.gzip) };
      return [name, { type: TYPES[extname(name)], tag: weakTag(bytes), bytes, compressed }];
    }),
  );
  return new Map(files);
}
