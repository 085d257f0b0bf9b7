/** Checksums of files: SHA-256 of the whole, and one of each block for what is read later. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';

/** Bytes of a block. A list of a few hundred titles lies in one or two. */
export const BLOCK = 4096;
const CHUNK = 1 << 20;

/**
 * CRC-32 of each block of a file, made while the SHA-256 of the whole was checked. 650 MB take 650 kB. They tell a block
 * that was damaged since then; they are no protection against somebody who alters the file on purpose.
 */
export class BlockChecksums {
  readonly #sums: Uint32Array;

  constructor(
    readonly bytes: number,
    sums: Uint32Array,
  ) {
    this.#sums = sums;
  }

  /**
   * Checks whole blocks.
   * @param from offset of the first one in the file
   * @returns the offset of the first block that differs; −1 = none
   */
  firstDamaged(bytes: Uint8Array, from: number): number {
    for (let at = 0; at < bytes.length; at += BLOCK) {
      const block = bytes.subarray(at, at + BLOCK);
      if (crc32(block) !== this.#sums[(from + at) / BLOCK]) return from + at;
    }
    return -1;
  }
}

export interface FileChecksums {
  /** hex */
  readonly sha256: string;
  readonly blocks: BlockChecksums | null;
}

export async function checkFile(path: string, withBlocks: boolean): Promise<FileChecksums> {
  const hash = createHash('sha256');
  const sums: number[] = [];
  let bytes = 0;
  // Chunks are whole blocks, but for the last one and for disks that give less than is asked for.
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (!withBlocks) continue;
    const joined = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    const whole = joined.length - (joined.length % BLOCK);
    for (let at = 0; at < whole; at += BLOCK) sums.push(crc32(joined.subarray(at, at + BLOCK)));
    rest = joined.subarray(whole);
  }
  if (rest.length > 0) sums.push(crc32(rest));
  const blocks = withBlocks ? new BlockChecksums(bytes, Uint32Array.from(sums)) : null;
  return { sha256: hash.digest('hex'), blocks };
}

/** SHA-256 of a file, in hex. */
export async function sha256Of(path: string): Promise<string> {
  return (await checkFile(path, false)).sha256;
}
