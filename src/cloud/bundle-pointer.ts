/**
 * Bundles in a bucket, and which of them is in use:
 *
 *   gs://bucket/prefix/bundles/<version>/…files, manifest.json last
 *   gs://bucket/prefix/bundles/current       {"format": 1, "version": …, "manifest": SHA-256 of its manifest.json}
 */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ArtefactError } from '../error.ts';
import { isVersion } from '../home/versions.ts';
import { type CloudAddress, objectName, showAddress } from './address.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';

export const FOLDER = 'bundles';
const FORMAT = 1;

const PointerFile = Type.Object({
  format: Type.Literal(FORMAT),
  version: Type.String(),
  manifest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});

export interface BucketPointer {
  readonly version: string;
  /** SHA-256 of its manifest.json, in hex */
  readonly manifest: string;
  /** of the pointer object: another one each time it is written, also with the same content */
  readonly generation: string;
}

export function pointerName(address: CloudAddress): string {
  return objectName(address, FOLDER, 'current');
}

export function bundleFileName(address: CloudAddress, version: string, file: string): string {
  return objectName(address, FOLDER, version, file);
}

/**
 * @returns null when nothing has been published there
 * @throws HttpError; ArtefactError when it is no pointer
 */
export async function readBucketPointer(
  store: ObjectStore,
  address: CloudAddress,
  signal?: AbortSignal,
): Promise<BucketPointer | null> {
  const object = await store.find(pointerName(address));
  if (object === null) return null;
  const { generation } = object;
  const bytes = await readSmall(store, object, { limit: 10_000, signal });
  const found = bytes && parse(bytes);
  if (found && Value.Check(PointerFile, found) && isVersion(found.version))
    return { version: found.version, manifest: found.manifest, generation };
  throw new ArtefactError(
    `${showAddress(address, FOLDER, 'current')} is not a pointer that this release reads: publish a bundle there again ("osusume publish --to ${showAddress(address)}"), or update Osusume`,
  );
}

export function pointerContent({ version, manifest }: Omit<BucketPointer, 'generation'>): Buffer {
  return Buffer.from(`${JSON.stringify({ format: FORMAT, version, manifest })}\n`);
}

/** A whole object in memory; null = it is larger than `limit`. */
export async function readSmall(
  store: ObjectStore,
  object: StoredObject,
  { limit, signal }: { limit: number; signal?: AbortSignal },
): Promise<Buffer | null> {
  if (object.bytes > limit) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of store.read(object, 0, signal)) {
    bytes += chunk.length;
    if (bytes > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
