/** Google Cloud Storage by its official client, which this file alone imports: loaded only where a gs:// address is used. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Bucket, CRC32C, type FileMetadata, Storage } from '@google-cloud/storage';
import { idleLimit } from './idle-limit.ts';
import type {
  NewObject,
  ObjectStore,
  StoredObject,
  TransferOptions,
  UploadSession,
} from './object-store.ts';
import { storageError } from './storage-error.ts';

export interface GoogleStoreOptions {
  /** of another server that speaks the protocol; null = Google's. Credentials are sent to Google only */
  readonly endpoint: string | null;
  /**
   * ms without a byte after which a transfer is broken off. The client's HTTP library (node-fetch 2) does not notice a
   * cut connection while it reads an answer, so this is also how long that takes.
   */
  readonly idleMs: number;
}

/** Bytes of a request of an upload: as many are sent again after a break. A multiple of 256 KiB. */
const UPLOAD_CHUNK = 8 << 20;
/** What has been sent may lie in the system's buffers for a while: an upload has so many times the patience. */
const UPLOAD_PATIENCE = 6;

export function googleStore(bucketName: string, options: GoogleStoreOptions): ObjectStore {
  const bucket = storage(options).bucket(bucketName);
  return {
    startChecksum: () => {
      const sum = new CRC32C();
      return {
        update: (chunk) => sum.update(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)),
        toString: () => sum.toString(),
      };
    },
    list: (folder) => mapped(() => list(bucket, folder)),
    find: (name) => mapped(() => find(bucket, name)),
    read: (object, from, signal) => read(bucket, object, from, { ...options, signal }),
    write: (object, content) => mapped(() => write(bucket, object, content)),
    startUpload: (object) => mapped(() => startUpload(bucket, object)),
    upload: (object, path, session, transfer) =>
      mapped(() => upload(bucket, object, path, session, { ...options, ...transfer })),
  };
}

function storage({ endpoint, idleMs }: GoogleStoreOptions): Storage {
  return new Storage({
    ...(endpoint === null
      ? {}
      : { apiEndpoint: endpoint, useAuthWithCustomEndpoint: isGoogles(endpoint) }),
    timeout: idleMs,
    // Whoever calls tries again, says so, and goes on where the transfer broke off.
    retryOptions: { autoRetry: false, retryableErrorFn: () => false },
  });
}

function isGoogles(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' && hostname.endsWith('.googleapis.com');
}

async function mapped<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(error);
  }
}

async function list(bucket: Bucket, folder: string): Promise<StoredObject[]> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const [files] = await bucket.getFiles({ prefix, delimiter: '/' });
  // The console makes an object for a folder.
  return files.map(({ metadata }) => objectOf(metadata)).filter(({ name }) => name !== prefix);
}

async function find(bucket: Bucket, name: string): Promise<StoredObject | null> {
  try {
    const [metadata] = await bucket.file(name).getMetadata();
    return objectOf(metadata);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 404) throw error;
    // A bucket that is not there looks the same, and nothing is sent to one.
    return null;
  }
}

function objectOf({ name, size, crc32c, generation, contentEncoding }: FileMetadata): StoredObject {
  return {
    name: String(name),
    bytes: Number(size),
    checksum: crc32c ?? null,
    generation: String(generation),
    gzipped: contentEncoding === 'gzip',
  };
}

async function* read(
  bucket: Bucket,
  { name, generation }: StoredObject,
  from: number,
  { idleMs, signal }: { idleMs: number; signal?: AbortSignal },
): AsyncGenerator<Uint8Array> {
  const stream = bucket.file(name, { generation }).createReadStream({
    ...(from > 0 ? { start: from } : {}),
    decompress: false,
    validation: false,
  });
  const limit = idleLimit(stream, idleMs, signal);
  try {
    for await (const chunk of stream) {
      // Whoever reads may take longer than the server may.
      limit.pause();
      yield chunk as Uint8Array;
      limit.alive();
    }
  } catch (error) {
    throw storageError(error);
  } finally {
    limit.stop();
  }
}

async function write(
  bucket: Bucket,
  { name, replaces }: NewObject,
  content: Uint8Array,
): Promise<StoredObject> {
  const file = bucket.file(name);
  await file.save(Buffer.from(content), {
    resumable: false,
    validation: 'crc32c',
    metadata: metadataOf(name),
    preconditionOpts: { ifGenerationMatch: replaces },
  });
  return objectOf(file.metadata);
}

async function startUpload(
  bucket: Bucket,
  { name, bytes, checksum, replaces }: NewObject,
): Promise<UploadSession> {
  const [uri] = await bucket.file(name).createResumableUpload({
    // With a checksum here the store refuses what arrives damaged.
    metadata: { ...metadataOf(name), contentLength: bytes, crc32c: checksum },
    preconditionOpts: { ifGenerationMatch: replaces },
  });
  return { uri, offset: 0 };
}

async function upload(
  bucket: Bucket,
  { name, bytes }: NewObject,
  path: string,
  { uri, offset }: UploadSession,
  { idleMs, signal, onBytes, onConfirmed }: TransferOptions & { idleMs: number },
): Promise<StoredObject> {
  const file = bucket.file(name);
  const target = file.createWriteStream({
    uri,
    offset,
    chunkSize: UPLOAD_CHUNK,
    validation: false,
    metadata: { ...metadataOf(name), contentLength: bytes },
  });
  const limit = idleLimit(target, idleMs * UPLOAD_PATIENCE, signal);
  let confirming = Promise.resolve();
  target.on('progress', ({ bytesWritten }: { bytesWritten: number }) => {
    limit.alive();
    onBytes?.(bytesWritten);
  });
  target.on('response', ({ headers }: { headers?: Record<string, unknown> }) => {
    limit.alive();
    const [, last] = /^bytes=0-(\d+)$/.exec(String(headers?.range)) ?? [];
    if (last !== undefined && onConfirmed)
      confirming = confirming.then(() => onConfirmed(Number(last) + 1));
  });
  try {
    await pipeline(createReadStream(path, { start: offset, highWaterMark: 1 << 18 }), target);
    return objectOf(file.metadata);
  } finally {
    limit.stop();
    await confirming;
  }
}

/** Nothing between here and there may change the bytes, or keep an old pointer. */
function metadataOf(name: string): FileMetadata {
  return {
    contentType: name.endsWith('.json') ? 'application/json' : 'application/octet-stream',
    cacheControl: 'no-store',
  };
}
