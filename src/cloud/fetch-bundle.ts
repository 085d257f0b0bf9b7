/**
 * A bundle of a bucket → a home. It is collected in <home>/bundle/.download-<version>, which a later attempt continues,
 * and gets its name and the pointer only when its signature, sizes and checksums are right.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArtefactError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';
import { adoptArtefact, openArtefact } from '../home/artefact.ts';
import { writeAtomically } from '../home/atomic-write.ts';
import { sha256Of } from '../home/checksum.ts';
import { withDownloadLock, withPointerLock } from '../home/home-locks.ts';
import { type Manifest, readManifest } from '../home/manifest.ts';
import { PRIVATE_FOLDER, privateFolder } from '../home/modes.ts';
import type { TrustedKey } from '../home/signature.ts';
import { currentVersion, keptVersions, pointTo } from '../home/versions.ts';
import { type CloudAddress, showAddress } from './address.ts';
import { type BucketPointer, bundleFileName, FOLDER, readSmall } from './bundle-pointer.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { receive } from './receive.ts';
import type { ReceiveOptions } from './transfer.ts';

export interface FetchBundleOptions extends Omit<ReceiveOptions, 'label'> {
  readonly home: string;
  /** accept only what one of these keys has signed; default: everything, signed or not */
  readonly trust?: readonly TrustedKey[];
  /** versions to keep besides the new one */
  readonly keep?: number;
}

/** Bytes of a manifest; a real one has a few kB. */
const LARGEST_MANIFEST = 1 << 22;
const DOWNLOAD = '.download-';

/**
 * Makes the bundle that the bucket's pointer names the current one of the home.
 * @returns whether it had to be fetched
 * @throws ArtefactError when it is damaged, half there or not signed by a trusted key: nothing has changed then
 */
export function fetchBundle(
  store: ObjectStore,
  address: CloudAddress,
  pointer: BucketPointer,
  options: FetchBundleOptions,
): Promise<boolean> {
  const { home, signal } = options;
  const doing = `fetching bundle ${pointer.version} from ${showAddress(address)}`;
  return withDownloadLock(home, { doing, signal }, async () => {
    await privateFolder(join(home, 'bundle'));
    if (await isHere(pointer, options)) {
      await use(home, pointer.version);
      return false;
    }
    const partial = join(home, 'bundle', `${DOWNLOAD}${pointer.version}`);
    await removeOthers(home, partial);
    await download(store, address, pointer, { ...options, partial });
    return true;
  });
}

/** Whether the home has the same bundle, whole. */
async function isHere(
  { version, manifest }: BucketPointer,
  { home, trust }: FetchBundleOptions,
): Promise<boolean> {
  if (!(await keptVersions(home, 'bundle')).includes(version)) return false;
  try {
    const { folder } = await openArtefact(home, 'bundle', version, { trust });
    return (await sha256Of(join(folder, 'manifest.json'))) === manifest;
  } catch (error) {
    if (error instanceof ArtefactError) return false;
    throw error;
  }
}

async function use(home: string, version: string): Promise<void> {
  await withPointerLock(home, async () => {
    if ((await currentVersion(home, 'bundle')) !== version) await pointTo(home, 'bundle', version);
  });
}

async function removeOthers(home: string, partial: string): Promise<void> {
  const folder = join(home, 'bundle');
  for (const name of await readdir(folder))
    if (name.startsWith(DOWNLOAD) && join(folder, name) !== partial)
      await rm(join(folder, name), { recursive: true, force: true });
}

type Download = FetchBundleOptions & { readonly partial: string };

async function download(
  store: ObjectStore,
  address: CloudAddress,
  pointer: BucketPointer,
  options: Download,
): Promise<void> {
  const { home, trust, keep, partial } = options;
  const { version } = pointer;
  await mkdir(partial, { recursive: true, mode: PRIVATE_FOLDER });
  try {
    const manifest = await fetchManifest(store, address, pointer, options);
    for (const file of Object.keys(manifest.files))
      await fetchFile(store, address, { version, file, manifest }, options);
    await adoptArtefact(home, { kind: 'bundle', version }, partial, { trust, keep });
  } catch (error) {
    // What is damaged is not continued; what is half there may be whole later.
    if (error instanceof ArtefactError && !(error instanceof HalfThereError))
      await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** The pointer names a bundle that lacks a file. */
export class HalfThereError extends ArtefactError {
  override readonly name = 'HalfThereError';
}

/** Manifest and signature come first: what nobody trusted has signed is not fetched. */
async function fetchManifest(
  store: ObjectStore,
  address: CloudAddress,
  { version, manifest: sha256 }: BucketPointer,
  { partial, trust = [], signal }: Download,
): Promise<Manifest> {
  const shown = showAddress(address, FOLDER, version, 'manifest.json');
  for (const file of ['manifest.json', 'manifest.sig']) {
    const object = await store.find(bundleFileName(address, version, file));
    if (object === null && file === 'manifest.sig') {
      await rm(join(partial, file), { force: true });
      continue;
    }
    if (object === null) throw new HalfThereError(`${shown} is not there`);
    const bytes = await readSmall(store, object, { limit: LARGEST_MANIFEST, signal });
    if (bytes === null) throw new ArtefactError(`${shown} is not one: it is too large`);
    if (file === 'manifest.json' && createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new ArtefactError(`${shown} is not the one that the pointer names: publish it again`);
    await writeAtomically(join(partial, file), bytes);
  }
  const { manifest } = await readManifest(partial, { kind: 'bundle', version }, trust);
  for (const file of Object.keys(manifest.files)) requireName(file);
  return manifest;
}

interface Wanted {
  readonly version: string;
  readonly file: string;
  readonly manifest: Manifest;
}

async function fetchFile(
  store: ObjectStore,
  address: CloudAddress,
  { version, file, manifest }: Wanted,
  options: Download,
): Promise<void> {
  const label = showAddress(address, FOLDER, version, file);
  const { bytes } = manifest.files[file];
  const path = join(options.partial, file);
  if ((await sizeOf(path)) === bytes) return;
  const object = await store.find(bundleFileName(address, version, file));
  requireSize(object, bytes, label);
  await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
  const part = `${path}.part`;
  await receive(store, object, part, { ...options, label });
  await rm(`${part}.json`, { force: true });
  await rename(part, path);
}

function requireSize(
  object: StoredObject | null,
  bytes: number,
  label: string,
): asserts object is StoredObject {
  if (object === null) throw new HalfThereError(`${label} is not there`);
  if (object.bytes !== bytes)
    throw new HalfThereError(`${label} has ${object.bytes} bytes, its manifest says ${bytes}`);
}

/** A manifest comes from outside: its files stay in their folder. */
function requireName(file: string): void {
  const parts = file.split('/');
  if (parts.every((part) => /^[\w-][\w.-]*$/.test(part)) && !file.endsWith('.part')) return;
  throw new ArtefactError(
    `The manifest names "${firstLetters(file, 60)}", which is not a file of a bundle`,
  );
}

function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => -1,
  );
}
