/** Reads MyAnimeList's export, animelist_*.xml or .xml.gz, as a stream. */
import { createGunzip } from 'node:zlib';
import { ImportError, type ImportedList } from './imported-list.ts';
import { MalXmlReader } from './mal-xml-reader.ts';

/** At about 900 bytes an entry, more than for all titles of the site. */
const MAX_BYTES = 32 << 20;
/** The event loop runs between two pieces. */
const PIECE = 64 << 10;

/**
 * Entities are not expanded, a DOCTYPE is refused, and the unpacked size is bounded.
 * @param name of the file, for messages
 * @param most bytes unpacked
 * @throws ImportError that says what is wrong, and where
 */
export async function readMalXml(
  bytes: Uint8Array,
  name: string,
  most = MAX_BYTES,
): Promise<ImportedList> {
  if (bytes.length === 0) throw new ImportError('unreadable', `${name} is empty`);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = new MalXmlReader(name);
  let size = 0;
  for await (const piece of isGzip(bytes) ? unpacked(bytes, name) : pieces(bytes)) {
    size += piece.length;
    if (size > most) {
      throw new ImportError(
        'too-large',
        `${name} has more than ${most >> 20} MiB of text, far more than a list of all titles`,
      );
    }
    reader.write(textOf(decoder, piece, name));
  }
  reader.write(textOf(decoder, undefined, name));
  return reader.close();
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** @param piece undefined = the end */
function textOf(decoder: TextDecoder, piece: Uint8Array | undefined, name: string): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch {
    throw new ImportError(
      'unreadable',
      `${name} is not text in UTF-8. Choose the .xml or .xml.gz file as MyAnimeList exported it`,
    );
  }
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield bytes.subarray(at, at + PIECE);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function* unpacked(bytes: Uint8Array, name: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: PIECE });
  gunzip.end(bytes);
  try {
    yield* gunzip;
  } catch (error) {
    // Only errors of unpacking arrive here, none of the reader's.
    const cut = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
    throw new ImportError(
      'unreadable',
      `${name} ${cut ? 'is cut off' : 'is damaged'} and cannot be unpacked. Download the export again`,
    );
  } finally {
    gunzip.destroy();
  }
}
