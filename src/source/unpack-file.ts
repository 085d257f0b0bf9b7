/** Unpacks a gzip or Zstandard file into another. */
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { InterruptedError } from '../error.ts';
import type { Progress } from '../progress.ts';
import type { Packing } from './known-files.ts';
import { plainStream } from './plain-stream.ts';

export interface UnpackOptions {
  /** an existing folder to unpack into */
  readonly work: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/** @throws UnusableFileError when the file is cut off or packed in another way */
export async function unpackFile(
  from: string,
  to: string,
  packing: Packing,
  { progress, signal }: UnpackOptions,
): Promise<string> {
  progress.step(`unpacking ${basename(from)}`, (await stat(from)).size, 'bytes');
  async function* counted() {
    let bytes = 0;
    for await (const chunk of createReadStream(from, { highWaterMark: 1 << 18 })) {
      yield chunk as Uint8Array;
      bytes += chunk.length;
      progress.update(bytes);
    }
  }
  try {
    await pipeline(plainStream(counted(), packing, from), createWriteStream(to), { signal });
  } catch (error) {
    if (signal?.aborted) throw new InterruptedError(`Interrupted while unpacking ${from}`);
    throw error;
  }
  return to;
}
