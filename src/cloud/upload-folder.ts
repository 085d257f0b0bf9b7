/** osusume upload: the files of a data set, or a bundle, into a bucket. What is already the same there is skipped. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ArtefactError, InterruptedError, OsusumeError, UsageError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';
import { checkVersion } from '../home/manifest.ts';
import { isVersion } from '../home/versions.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import { type CloudAddress, objectName, parseCloudAddress, showAddress } from './address.ts';
import { FOLDER } from './bundle-pointer.ts';
import type { ObjectStore } from './object-store.ts';
import { type CloudOptions, openStore } from './open-store.ts';
import { sendBundle } from './push-bundle.ts';
import { type SendOptions, sendFile } from './send.ts';
import { explained } from './storage-error.ts';

export interface UploadOptions extends Pick<SendOptions, 'random' | 'sleep' | 'attempts'> {
  readonly home: string;
  /** of CSVs (plain, gzip or zip), or a version of a bundle */
  readonly folder: string;
  /** a gs:// address */
  readonly to: string;
  /** names that belong to a data set beside its CSVs and archives */
  readonly alsoNamed?: readonly string[];
  readonly cloud?: CloudOptions;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

export interface Uploaded {
  readonly address: string;
  readonly sent: readonly string[];
  readonly skipped: readonly string[];
}

/** @throws OsusumeError that says what to do; what was sent stays, and the next run sends the rest */
export async function uploadFolder(options: UploadOptions): Promise<Uploaded> {
  const { folder, to, cloud, progress = NO_PROGRESS, signal } = options;
  const address = parseCloudAddress(to);
  const names = await namesIn(folder);
  const store = await openStore(address, cloud);
  const doing = `Uploading ${folder} to ${showAddress(address)}`;
  try {
    return await explained(doing, 'write', async () => {
      const uploaded = names.includes('manifest.json')
        ? await uploadBundle(store, address, options)
        : await uploadFiles(store, address, dataFiles(names, options), options);
      progress.end();
      return uploaded;
    });
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new InterruptedError(`Interrupted: ${doing}; the next run sends what is missing`);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const found = await stat(folder).catch(() => null);
  if (!found) throw new OsusumeError(`There is no ${folder} to upload: check the path`);
  if (!found.isDirectory())
    throw new UsageError(`${folder} is a file: give the folder that it lies in`);
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
}

function dataFiles(
  names: readonly string[],
  { folder, alsoNamed = [] }: UploadOptions,
): readonly string[] {
  const found = names.filter((name) => /^[^.].*\.(csv|csv\.gz|zip)$/i.test(name)).sort();
  if (found.length > 0) return [...found, ...names.filter((name) => alsoNamed.includes(name))];
  throw new UsageError(
    `${folder} has no .csv, .csv.gz or .zip, and is no bundle (it has no manifest.json): give a folder of a data set, or <home>/bundle/<version>`,
  );
}

async function uploadFiles(
  store: ObjectStore,
  address: CloudAddress,
  names: readonly string[],
  options: UploadOptions,
): Promise<Uploaded> {
  const sent: string[] = [];
  const skipped: string[] = [];
  for (const name of names) {
    const path = join(options.folder, name);
    const label = showAddress(address, name);
    const outcome = await sendFile(store, path, objectName(address, name), { ...options, label });
    (outcome.skipped ? skipped : sent).push(name);
  }
  return { address: showAddress(address), sent, skipped };
}

/** Into the place where "osusume publish --to" puts it. The pointer does not move. */
async function uploadBundle(
  store: ObjectStore,
  address: CloudAddress,
  options: UploadOptions,
): Promise<Uploaded> {
  const folder = resolve(options.folder);
  const { manifest } = await checkVersion(folder, { kind: 'bundle', version: basename(folder) });
  const { version } = manifest;
  if (!isVersion(version))
    throw new ArtefactError(
      `${join(folder, 'manifest.json')} names "${firstLetters(String(version), 60)}", which is not a version: publish the bundle again`,
    );
  const artefact = { folder, version, manifest };
  const sent = await sendBundle(store, address, artefact, options);
  const all = [...Object.keys(manifest.files), 'manifest.json'];
  const skipped = all.filter((file) => !sent.includes(file));
  return { address: showAddress(address, FOLDER, version), sent, skipped };
}
