/** Reads MyAnimeList's export, animelist_*.xml or .xml.gz, as a stream. */
import { createGunzip } from 'node:zlib';
import { ImportError, type ImportedList } from './imported-list.ts';
import { MalXmlReader } from './mal-xml-reader.ts';

/** At about 900 bytes an entry, more than for all titles of the site. */
const MAX_BYTES = 32 << 20;
/** Text that repeats itself, such as the tags of an export, packs into a fifteenth of its size. */
const MOST_RATIO = 100;
/** Bytes that any file may unpack to, whatever its ratio. */
const ALWAYS_ALLOWED = 4 << 20;
/** Bytes that are unpacked and parsed before the next are. */
const PIECE = 64 << 10;
const EXPORTED = 'Choose the .xml or .xml.gz file as MyAnimeList exported it';

/**
 * Entities are not expanded, a DOCTYPE is refused, and what a file unpacks to is limited while it is unpacked.
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
    if (size > Math.max(ALWAYS_ALLOWED, MOST_RATIO * bytes.length)) {
      throw new ImportError(
        'too-large',
        `${name} unpacks to more than ${MOST_RATIO} times its size, which no list does. ${EXPORTED}`,
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
    throw new ImportError('unreadable', `${name} is not text in UTF-8. ${EXPORTED}`);
  }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
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
