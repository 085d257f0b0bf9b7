/** A bundle of a home → a bucket. Its manifest goes last, and the pointer after it: whoever follows sees all or nothing. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtefactError, InterruptedError, OsusumeError } from '../error.ts';
import { type Artefact, openArtefact } from '../home/artefact.ts';
import { sha256Of } from '../home/checksum.ts';
import { signatureFile } from '../home/signature.ts';
import { keptVersions } from '../home/versions.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import { type CloudAddress, parseCloudAddress, showAddress } from './address.ts';
import {
  type BucketPointer,
  bundleFileName,
  FOLDER,
  pointerContent,
  pointerName,
  readBucketPointer,
  readSmall,
} from './bundle-pointer.ts';
import type { ObjectStore } from './object-store.ts';
import { type CloudOptions, openStore } from './open-store.ts';
import { isPrecondition, retried, type SendOptions, sendFile, sendWhole } from './send.ts';
import { explained } from './storage-error.ts';

export interface PushOptions extends Pick<SendOptions, 'random' | 'sleep' | 'attempts'> {
  readonly home: string;
  /** a gs:// address */
  readonly to: string;
  /** a version in the home or the bucket */
  readonly version: string;
  readonly cloud?: CloudOptions;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

export interface Pushed {
  readonly version: string;
  /** the address of the bundle */
  readonly address: string;
  /** files that were sent; the others were there already */
  readonly sent: readonly string[];
  /** version that was in use there before; null = none */
  readonly before: string | null;
}

/**
 * Sends a bundle and puts it in use there. A bundle that is in the bucket only is put in use as it is (roll back).
 * @throws OsusumeError, also when somebody else has published there meanwhile
 */
export async function pushBundle(options: PushOptions): Promise<Pushed> {
  const { home, to, version, cloud, progress = NO_PROGRESS, signal } = options;
  const address = parseCloudAddress(to);
  const store = await openStore(address, cloud);
  const doing = `Publishing ${version} to ${showAddress(address)}`;
  try {
    return await explained(doing, 'write', async () => {
      // Read first, so that somebody who publishes during the transfer is noticed.
      const before = await retried(() => readBucketPointer(store, address, signal), options);
      const isHere = (await keptVersions(home, 'bundle')).includes(version);
      const sent = isHere
        ? await sendBundle(store, address, await openArtefact(home, 'bundle', version), options)
        : [];
      const manifest = isHere
        ? await sha256Of(join(home, 'bundle', version, 'manifest.json'))
        : await manifestThere(store, address, version, options);
      await movePointer(store, address, { version, manifest }, before, options);
      progress.end();
      const pushed = { version, address: showAddress(address, FOLDER, version), sent };
      return { ...pushed, before: before?.version ?? null };
    });
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new InterruptedError(
      `Interrupted: ${doing}; the pointer was not moved, and the next run sends what is missing`,
    );
  }
}

/**
 * Sends the files of a bundle, without putting it in use.
 * @returns those that were not there yet
 */
export async function sendBundle(
  store: ObjectStore,
  address: CloudAddress,
  { folder, version, manifest }: Artefact,
  options: Omit<SendOptions, 'label'>,
): Promise<string[]> {
  const signed = await stat(signatureFile(folder)).then(
    () => ['manifest.sig'],
    () => [],
  );
  const sent: string[] = [];
  for (const file of [...Object.keys(manifest.files), ...signed, 'manifest.json']) {
    const name = bundleFileName(address, version, file);
    const label = showAddress(address, FOLDER, version, file);
    const { skipped } = await sendFile(store, join(folder, file), name, { ...options, label });
    if (!skipped) sent.push(file);
  }
  return sent;
}

/** SHA-256 of the manifest of a bundle that is in the bucket only. */
async function manifestThere(
  store: ObjectStore,
  address: CloudAddress,
  version: string,
  options: PushOptions,
): Promise<string> {
  const shown = showAddress(address, FOLDER, version);
  const object = await retried(
    () => store.find(bundleFileName(address, version, 'manifest.json')),
    options,
  );
  if (object === null)
    throw new ArtefactError(
      `There is no bundle ${version} in ${options.home}, nor a whole one in ${shown}: give --bundle a version that is in one of them`,
    );
  const limits = { limit: 1 << 22, signal: options.signal };
  const bytes = await retried(() => readSmall(store, object, limits), options);
  if (bytes === null) throw new ArtefactError(`${shown}/manifest.json is not one: it is too large`);
  return createHash('sha256').update(bytes).digest('hex');
}

async function movePointer(
  store: ObjectStore,
  address: CloudAddress,
  wanted: Omit<BucketPointer, 'generation'>,
  before: BucketPointer | null,
  options: PushOptions,
): Promise<void> {
  const { progress = NO_PROGRESS } = options;
  const shown = showAddress(address, FOLDER, 'current');
  if (before?.version === wanted.version && before.manifest === wanted.manifest) {
    progress.note(`${shown} names ${wanted.version} already`);
    return;
  }
  progress.step(`moving ${shown} to ${wanted.version}`);
  const content = pointerContent(wanted);
  const sum = store.startChecksum();
  sum.update(content);
  const object = {
    name: pointerName(address),
    bytes: content.length,
    checksum: sum.toString(),
    replaces: before?.generation ?? '0',
  };
  try {
    await sendWhole(store, object, content, options);
  } catch (error) {
    if (!isPrecondition(error)) throw error;
    throw new OsusumeError(
      `${shown} was moved by somebody else while ${wanted.version} was being sent, so it was left alone. The bundle is there. To put it in use, run "osusume publish --to ${showAddress(address)} --bundle ${wanted.version}"`,
    );
  }
}
