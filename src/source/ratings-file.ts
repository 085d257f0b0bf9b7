/** The file of the ratings: plain or packed, read once from its first byte to its last without unpacking it on the disk. */
import type { ByteSource } from './byte-source.ts';
import type { Packing } from './known-files.ts';
import { plainStream } from './plain-stream.ts';

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

export function ratingsFile(label: string, source: ByteSource, packing: Packing): RatingsFile {
  const { doing, size, name } = source;
  return {
    ...{ label, doing, size },
    plainSize: packing ? null : size,
    read: (onBytes) => plainStream(counted(source, onBytes), packing, name),
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
