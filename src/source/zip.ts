/** Reads named entries of a zip archive by streaming; other entries are not touched. */
import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { InterruptedError, OsusumeError } from '../error.ts';

export interface ExtractOptions {
  readonly signal?: AbortSignal;
  /** bytes of the entry written so far */
  readonly onBytes?: (bytes: number) => void;
}

/** An open archive. Entries are named without the folders inside the archive. */
export interface OpenZip {
  readonly names: readonly string[];
  /** size of an entry, unpacked */
  sizeOf(name: string): number;
  /** The bytes of an entry; whoever stops before its end destroys nothing else. */
  stream(name: string): Promise<NodeJS.ReadableStream>;
  /** Unpacks an entry into the file `to`. */
  extract(name: string, to: string, options?: ExtractOptions): Promise<void>;
  close(): void;
}

const openFile = promisify<string, yauzl.Options, ZipFile>(yauzl.open);

/** @throws OsusumeError when the file is not a zip, is cut off, or has entries that point outside of it */
export async function openZip(path: string): Promise<OpenZip> {
  try {
    const zip = await openFile(path, {
      lazyEntries: true,
      autoClose: false,
      strictFileNames: false,
    });
    try {
      return fromEntries(path, zip, await entriesOf(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  } catch (error) {
    throw damaged(path, error);
  }
}

/** yauzl refuses absolute names and names with ".." here, as an error. */
function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('error', reject);
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      const name = basename(entry.fileName);
      // macOS adds copies of names that begin with "._" in a folder of its own.
      const isData = !entry.fileName.endsWith('/') && !entry.fileName.startsWith('__MACOSX/');
      if (isData && !entries.has(name)) entries.set(name, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function fromEntries(path: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>): OpenZip {
  const find = (name: string) => {
    const entry = entries.get(name);
    if (!entry) throw new OsusumeError(`${path} has no ${name}`);
    return entry;
  };
  return {
    names: [...entries.keys()],
    sizeOf: (name) => find(name).uncompressedSize,
    stream: (name) =>
      promisify<Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip))(find(name)),
    async extract(name, to, { signal, onBytes } = {}) {
      const entry = find(name);
      if (entry.isEncrypted())
        throw new OsusumeError(
          `${path}: ${name} is encrypted: unpack the archive and use the folder as the source`,
        );
      try {
        const stream = await promisify<Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip))(
          entry,
        );
        const check = new Checksum(onBytes);
        await pipeline(stream, check, createWriteStream(to), { signal });
        if (check.crc !== null && check.crc !== entry.crc32)
          throw new Error(`the checksum of ${name} is wrong`);
      } catch (error) {
        if (signal?.aborted) throw new InterruptedError(`Interrupted while unpacking ${path}`);
        throw damaged(`${path} (${name})`, error);
      }
    },
    close: () => zip.close(),
  };
}

/** Node has zlib.crc32 since 20.15; without it, sizes and the compression's own structure are the only checks. */
const crc32 = (zlib as { crc32?: (data: Buffer, value?: number) => number }).crc32;

class Checksum extends Transform {
  crc: number | null = crc32 ? 0 : null;
  #bytes = 0;

  constructor(private readonly onBytes: (bytes: number) => void = () => {}) {
    super();
  }

  override _transform(
    chunk: Buffer,
    _encoding: string,
    done: (error: null, chunk: Buffer) => void,
  ): void {
    if (crc32 && this.crc !== null) this.crc = crc32(chunk, this.crc);
    this.#bytes += chunk.length;
    this.onBytes(this.#bytes);
    done(null, chunk);
  }
}

function damaged(what: string, error: unknown): unknown {
  if (error instanceof OsusumeError || isSystemError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new OsusumeError(
    `Cannot unpack ${what}: ${reason}. The archive is not a zip, or is damaged: get it again`,
  );
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}
