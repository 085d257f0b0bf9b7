/**
 * Folders that are complete or absent: how every stage stores its result.
 *
 *   <home>/<kind>/<version>/…files, manifest.json
 *   <home>/<kind>/current            the version in use
 *
 * A version is written under a hidden temporary name, checksummed, flushed and renamed; the pointer
 * `current` moves last, by rename. A crash at any point leaves the old version in use and at most a
 * hidden leftover, which the next write removes.
 */
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ArtefactError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';
import { flush, writeAtomically } from './atomic-write.ts';
import { sha256Of } from './checksum.ts';
import { requireStageLock, withPointerLock } from './home-locks.ts';
import { type ArtefactKind, FORMAT, STAGE_OF } from './kinds.ts';
import { partialName, removeLeftovers } from './leftovers.ts';
import {
  type CheckedVersion,
  type CheckOptions,
  checkVersion,
  type Manifest,
  type Named,
} from './manifest.ts';
import { PRIVATE_FOLDER, privateFolder, tighten } from './modes.ts';
import { isSampleVersion, readOrigin } from './origin.ts';
import { type Sign, signatureFile } from './signature.ts';
import {
  contentVersion,
  currentVersion,
  keptVersions,
  NO_TIME,
  newVersion,
  outdated,
  pointTo,
  readPointer,
} from './versions.ts';

export interface Artefact {
  readonly folder: string;
  readonly version: string;
  readonly manifest: Manifest;
}

export interface OpenedArtefact extends Artefact, CheckedVersion {}

export type OpenOptions = CheckOptions;

export interface WriteOptions {
  readonly clock?: () => Date;
  /** versions to keep besides the new one (default 1) */
  readonly keep?: number;
  /** signs the manifest; default: no signature */
  readonly sign?: Sign;
  /** named after its content and without a time, so that the same files make the same version; default: false */
  readonly reproducible?: boolean;
}

/**
 * Makes a new version of `kind` by letting `write` fill an empty folder, then makes it the current one.
 * When `write` throws, nothing has changed.
 */
export async function writeArtefact(
  home: string,
  kind: ArtefactKind,
  write: (folder: string) => Promise<void>,
  { clock = () => new Date(), keep = 1, sign, reproducible = false }: WriteOptions = {},
): Promise<Artefact> {
  const kindFolder = join(home, kind);
  await privateFolder(kindFolder);
  await removeLeftovers(kindFolder);
  const now = reproducible ? NO_TIME : clock();
  const random = newVersion(now, await keptVersions(home, kind));
  const partial = join(kindFolder, partialName(random));
  await mkdir(partial, { mode: PRIVATE_FOLDER });
  try {
    await write(partial);
    const files = await checksums(partial);
    const format = FORMAT[kind];
    const version = reproducible ? contentVersion({ kind, format, files }) : random;
    const folder = join(kindFolder, version);
    const createdAt = now.toISOString();
    const manifest: Manifest = { kind, format, version, createdAt, files };
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    await writeAtomically(join(partial, 'manifest.json'), bytes);
    if (sign) await writeAtomically(signatureFile(partial), sign(bytes));
    await putInUse(home, kind, { partial, folder, version, keep });
    return { folder, version, manifest };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Puts a version in use that was made elsewhere.
 * @param partial a hidden folder in <home>/<kind> that holds it
 * @throws ArtefactError when it is not sound, TamperedError when its signature is wrong; nothing has changed then
 */
export async function adoptArtefact(
  home: string,
  named: Named,
  partial: string,
  { keep = 1, trust }: Pick<WriteOptions, 'keep'> & Pick<CheckOptions, 'trust'> = {},
): Promise<Artefact> {
  const { kind, version } = named;
  await tighten(partial);
  const { manifest } = await checkVersion(partial, named, { trust });
  if (manifest.version !== version)
    throw new ArtefactError(
      `${partial} holds version ${firstLetters(String(manifest.version), 60)}, expected ${version}: publish it again`,
    );
  for (const file of Object.keys(manifest.files)) await flush(join(partial, file));
  const folder = join(home, kind, version);
  await putInUse(home, kind, { partial, folder, version, keep });
  return { folder, version, manifest };
}

interface Finished {
  /** the folder as it was written */
  readonly partial: string;
  /** as it is named from now on */
  readonly folder: string;
  readonly version: string;
  readonly keep: number;
}

/** Names the version, moves the pointer to it, and removes versions that are outdated now. */
async function putInUse(home: string, kind: ArtefactKind, made: Finished): Promise<void> {
  const { partial, folder, version, keep } = made;
  const kindFolder = join(home, kind);
  const removed = await withPointerLock(home, async () => {
    await requireStageLock(home);
    const before = await currentVersion(home, kind);
    // Only one that is adopted, and damaged here, or of the same content can be there already.
    const isThere = (await keptVersions(home, kind)).includes(version);
    const replaced = isThere ? await hide(kindFolder, [version]) : [];
    await rename(partial, folder);
    try {
      await flush(kindFolder);
      await pointTo(home, kind, version);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    const old = outdated(await keptVersions(home, kind), version, before, keep);
    return [...replaced, ...(await hide(kindFolder, old))];
  });
  for (const path of removed) await rm(path, { recursive: true, force: true });
}

/** Renames versions to the name of a leftover, so that nobody opens them while they are removed. */
async function hide(kindFolder: string, versions: readonly string[]): Promise<string[]> {
  const hidden: string[] = [];
  for (const version of versions) {
    const path = join(kindFolder, partialName(`old-${version}`));
    const renamed = await rename(join(kindFolder, version), path).then(
      () => true,
      () => false, // open in another program, on some systems: the next write tries again
    );
    if (renamed) hidden.push(path);
  }
  return hidden;
}

/**
 * Opens a version after checking its signature, its format, every file's size and checksum. Without a version: the one
 * that `current` names, or the newest sound one when that pointer is lost.
 * @throws ArtefactError that names the file and what was expected; TamperedError when the signature is wrong
 */
export async function openArtefact(
  home: string,
  kind: ArtefactKind,
  version?: string,
  options: OpenOptions = {},
): Promise<OpenedArtefact> {
  if (version !== undefined) return openVersion(home, kind, version, options);
  const pointer = await readPointer(home, kind);
  if (pointer.state === 'sound') return openVersion(home, kind, pointer.version, options);
  if (pointer.state === 'none')
    throw new ArtefactError(
      `No ${kind} in ${home} yet: run "osusume ${STAGE_OF[kind]}" (or "osusume pipeline") first`,
    );
  return openNewest(home, kind, pointer.fault, options);
}

async function openVersion(
  home: string,
  kind: ArtefactKind,
  version: string,
  options: OpenOptions,
): Promise<OpenedArtefact> {
  if (!/^[\w-]+$/.test(version))
    throw new ArtefactError(
      `"${firstLetters(version, 60)}" is not a version of ${join(home, kind)}: run "osusume ${STAGE_OF[kind]}" again`,
    );
  const folder = join(home, kind, version);
  return { folder, version, ...(await checkVersion(folder, { kind, version }, options)) };
}

/**
 * The sample is not taken where there is real data.
 * @param fault of the pointer
 */
async function openNewest(
  home: string,
  kind: ArtefactKind,
  fault: string,
  options: OpenOptions,
): Promise<OpenedArtefact> {
  const problems: string[] = [];
  const isReal = (await readOrigin(home)).data === 'real';
  for (const version of await keptVersions(home, kind)) {
    try {
      const opened = await openVersion(home, kind, version, options);
      if (!(isReal && (await isSampleVersion(home, kind, version)))) return opened;
      problems.push(`${opened.folder} is the built-in sample, this home has real data`);
    } catch (error) {
      if (!(error instanceof ArtefactError)) throw error;
      problems.push(error.message);
    }
  }
  const found =
    problems.length === 0
      ? 'there is no other version'
      : `no version beside it can be used (${problems[0]})`;
  throw new ArtefactError(`${fault}, and ${found}: run "osusume ${STAGE_OF[kind]}" again`);
}

async function checksums(folder: string): Promise<Manifest['files']> {
  await tighten(folder);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const files: Record<string, { bytes: number; sha256: string }> = {};
  for (const path of paths.sort()) {
    await flush(path);
    files[relative(folder, path)] = {
      bytes: (await stat(path)).size,
      sha256: await sha256Of(path),
    };
  }
  return files;
}

/** Reads a small JSON file of an artefact; its content is still to be checked by the caller. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new ArtefactError(`${path} is not valid JSON: ${error.message}`);
    throw error;
  }
}
