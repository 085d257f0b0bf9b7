/** One file that may belong to a data set: where it lies, how it is packed, its first bytes. */
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { type ByteSource, fileBytes } from './byte-source.ts';
import { type FileName, parseFileName } from './known-files.ts';
import { parquetHeader, parquetToCsv } from './parquet.ts';
import { plainStream } from './plain-stream.ts';
import { type RatingsFile, ratingsFile } from './ratings-file.ts';
import { type UnpackOptions, unpackFile } from './unpack-file.ts';
import type { OpenZip } from './zip.ts';

export interface DataFile extends FileName {
  /** the name that people know, e.g. "archive/animelist.csv.gz" */
  readonly label: string;
  /** the folder below the source that it lies in; '' = the source itself or an archive in it */
  readonly folder: string;
  /** whether its folder or archive is marked as synthetic */
  readonly synthetic: boolean;
  /** The first bytes, unpacked; null = not known before it is read, or damaged. */
  head(): Promise<Uint8Array | null>;
  /** @returns the path of the plain file */
  unpack(options: UnpackOptions): Promise<string>;
  /** Opens it as a file of ratings. */
  open(options: UnpackOptions): Promise<RatingsFile>;
}

/** Bytes of a file that are looked at to tell what it is. */
const HEAD = 1 << 16;

interface Place {
  readonly label: string;
  readonly folder: string;
  readonly synthetic: boolean;
}

/** A file in a folder, or one that is still to arrive; null = not one of a data set. */
export function fileInFolder(place: string | ByteSource, given: Place): DataFile | null {
  const name = parseFileName(basename(given.label));
  if (!name) return null;
  const { packing, format, plain } = name;
  const unpack = async (options: UnpackOptions) => {
    if (typeof place !== 'string') throw new Error(`${given.label} can only be read as it arrives`);
    const to = join(options.work, unpackedName(basename(given.label)));
    const path = packing ? await unpackFile(place, to, packing, options) : place;
    return format === 'parquet' ? parquetToCsv(path, join(options.work, plain), options) : path;
  };
  const head = async () => {
    if (typeof place !== 'string') return null;
    if (format === 'parquet') return packing ? null : parquetHeader(place);
    return firstBytes(
      plainStream(createReadStream(place, { highWaterMark: HEAD }), packing, place),
    );
  };
  const open = async (options: UnpackOptions) => {
    if (format === 'parquet')
      return ratingsFile(given.label, await fileBytes(await unpack(options), given.label), null);
    const bytes = typeof place === 'string' ? await fileBytes(place, given.label) : place;
    return ratingsFile(given.label, bytes, packing);
  };
  return { ...given, ...name, head: () => head().catch(() => null), unpack, open };
}

/** An entry of an archive; null = not a file of a data set. */
export function fileInZip(
  path: string,
  zip: OpenZip,
  entry: string,
  given: Place,
): DataFile | null {
  const name = parseFileName(entry);
  if (!name) return null;
  const { packing, format, plain } = name;
  const extract = async (options: UnpackOptions) => {
    const to = join(options.work, entry);
    options.progress.step(`unpacking ${basename(path)}: ${entry}`, zip.sizeOf(entry), 'bytes');
    await zip.extract(entry, to, {
      signal: options.signal,
      onBytes: (bytes) => options.progress.update(bytes),
    });
    return to;
  };
  const unpack = async (options: UnpackOptions) => {
    const packed = await extract(options);
    const path = packing
      ? await unpackFile(packed, unpackedName(packed), packing, options)
      : packed;
    return format === 'parquet' ? parquetToCsv(path, join(options.work, plain), options) : path;
  };
  const head = async () => {
    if (format === 'parquet') return null;
    const stream = (await zip.stream(entry)) as unknown as AsyncIterable<Uint8Array>;
    return firstBytes(plainStream(stream, packing, entry));
  };
  const open = async (options: UnpackOptions) =>
    ratingsFile(given.label, await fileBytes(await unpack(options), given.label), null);
  return { ...given, ...name, head: () => head().catch(() => null), unpack, open };
}

/** The name without .gz and .zst. */
function unpackedName(name: string): string {
  return name.replace(/\.(gz|zst)$/i, '');
}

async function firstBytes(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= HEAD) break;
  }
  return Buffer.concat(chunks).subarray(0, HEAD);
}
