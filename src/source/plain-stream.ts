/** Packed bytes → plain ones, as they come. */
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { UnusableFileError } from '../error.ts';
import type { Packing } from './known-files.ts';

/** @param name for messages */
export function plainStream(
  packed: AsyncIterable<Uint8Array>,
  packing: Packing,
  name: string,
): AsyncIterable<Uint8Array> {
  if (packing === 'gzip') return gunzipped(packed, name);
  return packing === 'zstd' ? unzstd(packed, name) : packed;
}

async function* gunzipped(
  source: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void> {
  const packed = Readable.from(source, { highWaterMark: 1 });
  // A failure of either ends both; it comes out of the loop below.
  const plain = pipeline(packed, createGunzip({ chunkSize: 1 << 18 }), () => {});
  try {
    for await (const chunk of plain) yield chunk;
  } catch (error) {
    throw gzipFailure(name, error);
  } finally {
    packed.destroy();
    // once() of node:events would reject when the stream fails.
    if (!packed.closed) await new Promise((resolve) => packed.once('close', resolve));
  }
}

/** UnusableFileError instead of zlib's; other errors stay what they are. */
function gzipFailure(from: string, error: unknown): unknown {
  if (!(error instanceof Error && /^Z_/.test((error as NodeJS.ErrnoException).code ?? '')))
    return error;
  return new UnusableFileError(
    `Cannot unpack ${from}: ${error.message}. The file is not gzip, or is cut off: get it again`,
  );
}

/** Node before 22.15 has no Zstandard. Chunks are cut small, so that little is unpacked at a time. */
async function* unzstd(
  packed: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void> {
  let plain: Uint8Array[] = [];
  const decompress = new Decompress((chunk) => plain.push(chunk));
  const push = (chunk: Uint8Array, isEnd: boolean) => {
    plain = [];
    try {
      decompress.push(chunk, isEnd);
    } catch (error) {
      throw new UnusableFileError(
        `Cannot unpack ${name}: ${(error as Error).message}. The file is not Zstandard, or is cut off: get it again`,
      );
    }
    return plain;
  };
  for await (const chunk of packed)
    for (let at = 0; at < chunk.length; at += ZSTD_PIECE)
      yield* push(chunk.slice(at, at + ZSTD_PIECE), false);
  yield* push(new Uint8Array(0), true);
}

const ZSTD_PIECE = 1 << 16;
