/**
 * The files of a data set in cloud storage, kept in <home>/source/<bucket>-<digest>. A transfer that broke off goes on
 * there in the next run, and a file that is still the same is not fetched again. The ratings are not fetched first: they
 * are read while they arrive.
 *
 *   <name>, .<name>.json              a whole file, and of which object
 *   .<name>.part, .<name>.part.json   what has arrived of one
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type CloudAddress, objectName, parseCloudAddress, showAddress } from '../cloud/address.ts';
import type { ObjectStore, StoredObject } from '../cloud/object-store.ts';
import { type CloudOptions, openStore } from '../cloud/open-store.ts';
import { receive } from '../cloud/receive.ts';
import { checksumOf, retried } from '../cloud/send.ts';
import { explanation } from '../cloud/storage-error.ts';
import type { ReceiveOptions } from '../cloud/transfer.ts';
import { InterruptedError, OsusumeError, UsageError } from '../error.ts';
import { privateFolder } from '../home/modes.ts';
import { NO_PROGRESS } from '../progress.ts';
import { arrivingObject } from './arriving-object.ts';
import type { ByteSource } from './byte-source.ts';
import type { Places } from './folder.ts';
import { isRatings, neededNames } from './known-files.ts';
import { SYNTHETIC_MARK } from './sample/sample.ts';

export interface FetchCloudOptions extends Omit<ReceiveOptions, 'label'> {
  readonly home: string;
  readonly cloud?: CloudOptions;
}

export interface FetchedFiles {
  /** e.g. "gs://bucket/prefix" */
  readonly name: string;
  readonly places: Places;
}

/**
 * Nobody else writes there meanwhile: a stage runs alone in its home.
 * @throws OsusumeError that says what to do
 */
export async function fetchCloudFolder(
  source: string,
  options: FetchCloudOptions,
): Promise<FetchedFiles> {
  const address = parseCloudAddress(source);
  const name = showAddress(address);
  const folder = join(options.home, 'source', folderName(address));
  await privateFolder(folder);
  const store = await openStore(address, options.cloud);
  try {
    return { name, places: await fetchFiles(store, address, folder, options) };
  } catch (error) {
    throw options.signal?.aborted
      ? interrupted(name)
      : explanation(`Fetching ${name}`, 'read', error);
  }
}

function interrupted(name: string): InterruptedError {
  return new InterruptedError(
    `Interrupted while fetching ${name}; the part that has arrived is kept, and the next run resumes from there`,
  );
}

async function fetchFiles(
  store: ObjectStore,
  address: CloudAddress,
  folder: string,
  options: FetchCloudOptions,
): Promise<Places> {
  const objects = await objectsAt(store, address, options);
  const names = [...objects.keys()];
  const needed = neededNames(names, SYNTHETIC_MARK);
  await removeOthers(folder, needed);
  const places = new Map<string, string | ByteSource>();
  for (const name of needed) {
    const object = objects.get(name);
    if (object)
      places.set(
        name,
        await fetchFile(store, object, { ...options, address, folder, name, beside: names }),
      );
  }
  return places;
}

/** The objects of a folder by their names there, or the one archive that the address names. */
async function objectsAt(
  store: ObjectStore,
  address: CloudAddress,
  options: FetchCloudOptions,
): Promise<Map<string, StoredObject>> {
  const listed = await retried(() => store.list(address.prefix), options);
  const objects = new Map(listed.map((object) => [dataName(object), object]));
  if (objects.size > 0) return objects;
  const single = address.prefix && (await retried(() => store.find(address.prefix), options));
  if (single && /\.zip$/i.test(single.name)) return new Map([[dataName(single), single]]);
  if (single)
    throw new UsageError(
      `${showAddress(address)} is one file: give the address of the folder that it lies in, with anime.csv beside the lists`,
    );
  throw new OsusumeError(
    `There is nothing in ${showAddress(address)}: check the address; "osusume upload <folder> ${showAddress(address)}" puts a data set there`,
  );
}

/** "gs://bucket/ratings/anime.csv" that is stored compressed is anime.csv.gz here. */
function dataName({ name, gzipped }: StoredObject): string {
  const last = name.slice(name.lastIndexOf('/') + 1);
  return gzipped && /\.csv$/i.test(last) ? `${last}.gz` : last;
}

interface Target extends FetchCloudOptions {
  readonly address: CloudAddress;
  readonly folder: string;
  readonly name: string;
  /** names of all files there */
  readonly beside: readonly string[];
}

async function fetchFile(
  store: ObjectStore,
  object: StoredObject,
  { address, folder, name, beside, ...options }: Target,
): Promise<string | ByteSource> {
  const { progress = NO_PROGRESS, signal } = options;
  const path = join(folder, name);
  const label = showAddress({ ...address, prefix: object.name });
  if (await isSame(store, path, object, options)) {
    progress.note(`${label} is the same as when it was fetched before: using ${path}`);
    return path;
  }
  const part = join(folder, `.${name}.part`);
  const keep = async () => {
    await rm(recordOf(path), { force: true });
    await rename(part, path);
    await rename(`${part}.json`, recordOf(path));
  };
  const failure = (error: unknown) =>
    signal?.aborted ? interrupted(label) : explanation(`Fetching ${label}`, 'read', error);
  if (isRatings(name, beside))
    return arrivingObject(store, object, { ...options, label, part, keep, failure });
  await receive(store, object, part, { ...options, label });
  await keep();
  return path;
}

function recordOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.json`);
}

/** Whether the file was fetched before, from an object that has not changed since, and is whole. */
async function isSame(
  store: ObjectStore,
  path: string,
  object: StoredObject,
  { progress = NO_PROGRESS }: Pick<ReceiveOptions, 'progress'>,
): Promise<boolean> {
  try {
    const record: unknown = JSON.parse(await readFile(recordOf(path), 'utf8'));
    if (object.checksum === null || JSON.stringify(record) !== JSON.stringify(object)) return false;
    progress.step(`checking ${path}`, object.bytes, 'bytes');
    return (await checksumOf(store, path, progress)) === object.checksum;
  } catch {
    return false;
  }
}

/** What an earlier run fetched and this one does not read: it would be taken for part of the data set. */
async function removeOthers(folder: string, needed: readonly string[]): Promise<void> {
  const kept = new Set(
    needed.flatMap((name) => [name, `.${name}.json`, `.${name}.part`, `.${name}.part.json`]),
  );
  for (const name of await readdir(folder))
    if (!kept.has(name)) await rm(join(folder, name), { force: true });
}

/** Tells prefixes of a bucket apart whatever letters they have. */
function folderName(address: CloudAddress): string {
  const digest = createHash('sha256').update(objectName(address)).digest('hex').slice(0, 8);
  return `${address.bucket}-${digest}`;
}
