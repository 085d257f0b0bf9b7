/** Unpacks gzip and zip in memory; what a file may unpack to is limited while it is unpacked. */
import { createGunzip } from 'node:zlib';
import { ImportError } from '../list/import-error.ts';

/** Bytes of a file, unpacked: an export of all titles of MyAnimeList has 30 MB. */
export const MOST_UNPACKED = 96 << 20;
/** Text that repeats itself, such as the tags of an export, packs into a fifteenth of its size. */
const MOST_RATIO = 100;
/** Bytes that any file may unpack to, whatever its ratio. */
const ALWAYS_ALLOWED = 4 << 20;
const PIECE = 64 << 10;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** @throws ImportError when it is damaged, or unpacks to more than any list */
export async function gunzip(
  bytes: Uint8Array,
  name: string,
  most = MOST_UNPACKED,
): Promise<Uint8Array> {
  const stream = createGunzip({ chunkSize: PIECE });
  stream.end(bytes);
  try {
    return await collect(stream, bytes.length, name, most);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    const cut = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
    throw new ImportError(
      'unreadable',
      `${name} ${cut ? 'is cut off' : 'is damaged'} and cannot be unpacked. Download the export again`,
    );
  } finally {
    stream.destroy();
  }
}

/**
 * @param packed bytes that the pieces are unpacked from
 * @throws ImportError as soon as there are more than any list has
 */
export async function collect(
  pieces: AsyncIterable<unknown>,
  packed: number,
  name: string,
  most: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    if (!(piece instanceof Uint8Array)) continue;
    size += piece.length;
    refuseTooMuch(size, packed, name, most);
    parts.push(piece);
  }
  return Buffer.concat(parts, size);
}

export function refuseTooMuch(size: number, packed: number, name: string, most: number): void {
  if (size > most)
    throw new ImportError(
      'too-large',
      `${name} has more than ${most >> 20} MiB of text, far more than a list of all titles`,
    );
  if (size > Math.max(ALWAYS_ALLOWED, MOST_RATIO * packed))
    throw new ImportError(
      'too-large',
      `${name} unpacks to more than ${MOST_RATIO} times its size, which no list does. Choose the file as the site exported it`,
    );
}
