/** The file of the ratings: plain or gzip, read once from its first byte to its last without unpacking it on the disk. */
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { gzipFailure } from './gunzip.ts';

export interface RatingsFile {
  /** the name that people know, e.g. "animelist.csv.gz" */
  readonly label: string;
  /** what reading it is, for the progress */
  readonly doing: string;
  /** bytes to read, packed or not */
  readonly size: number;
  /** bytes of the plain CSV; null = not known before its end */
  readonly plainSize: number | null;
  /**
   * The bytes of the plain CSV.
   * @param onBytes gets how many bytes of `size` have been taken in
   */
  read(onBytes: (bytes: number) => void): AsyncIterable<Uint8Array>;
  /** Call it when the bytes make no sense: what was kept of a file that has not arrived whole is fetched anew then. */
  discard(): Promise<void>;
}

export function ratingsFile(label: string, source: ByteSource, isPacked: boolean): RatingsFile {
  const { doing, size } = source;
  return {
    ...{ label, doing, size },
    plainSize: isPacked ? null : size,
    read: (onBytes) => (isPacked ? unpacked(source, onBytes) : counted(source, onBytes)),
    discard: async () => source.discard?.(),
  };
}

async function* counted(
  source: ByteSource,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const chunk of source.read()) {
    yield chunk;
    bytes += chunk.length;
    onBytes(bytes);
  }
}

async function* unpacked(
  source: ByteSource,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void> {
  const packed = Readable.from(counted(source, onBytes), { highWaterMark: 1 });
  // A failure of either ends both; it comes out of the loop below.
  const plain = pipeline(packed, createGunzip({ chunkSize: 1 << 18 }), () => {});
  try {
    for await (const chunk of plain) yield chunk;
  } catch (error) {
    throw gzipFailure(source.name, error);
  } finally {
    packed.destroy();
    // once() of node:events would reject when the stream fails.
    if (!packed.closed) await new Promise((resolve) => packed.once('close', resolve));
  }
}
