/** Unpacks gzip files. */
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InterruptedError, UnusableFileError } from '../error.ts';
import type { Progress } from '../progress.ts';

export interface UnpackOptions {
  /** an existing folder to unpack into */
  readonly work: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/** @throws UnusableFileError when the file is cut off or not gzip */
export async function gunzip(
  from: string,
  to: string,
  { progress, signal }: UnpackOptions,
): Promise<string> {
  progress.step(`unpacking ${basename(from)}`, (await stat(from)).size, 'bytes');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      progress.update(bytes);
      done(null, chunk);
    },
  });
  try {
    await pipeline(
      createReadStream(from, { highWaterMark: 1 << 18 }),
      count,
      createGunzip({ chunkSize: 1 << 18 }),
      createWriteStream(to),
      { signal },
    );
  } catch (error) {
    if (signal?.aborted) throw new InterruptedError(`Interrupted while unpacking ${from}`);
    throw gzipFailure(from, error);
  }
  return to;
}

/** UnusableFileError instead of zlib's; other errors stay what they are. */
export function gzipFailure(from: string, error: unknown): unknown {
  if (!(error instanceof Error && /^Z_/.test((error as NodeJS.ErrnoException).code ?? '')))
    return error;
  return new UnusableFileError(
    `Cannot unpack ${from}: ${error.message}. The file is not gzip, or is cut off: get it again`,
  );
}
