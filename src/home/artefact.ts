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
import { basename, join, relative } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ArtefactError, TamperedError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';
import { flush, writeAtomically } from './atomic-write.ts';
import { type BlockChecksums, checkFile, sha256Of } from './checksum.ts';
import { requireStageLock, withPointerLock } from './home-locks.ts';
import { type ArtefactKind, FORMAT, STAGE_OF } from './kinds.ts';
import { partialName, removeLeftovers } from './leftovers.ts';
import { PRIVATE_FOLDER, privateFolder, tighten } from './modes.ts';
import { isSampleVersion, readOrigin } from './origin.ts';
import {
  checkSignature,
  type Sign,
  type Signature,
  signatureFile,
  type TrustedKey,
} from './signature.ts';
import {
  currentVersion,
  keptVersions,
  newVersion,
  outdated,
  pointTo,
  readPointer,
} from './versions.ts';

export interface Manifest {
  readonly kind: ArtefactKind;
  readonly format: number;
  readonly version: string;
  readonly createdAt: string;
  /** relative path → size in bytes and SHA-256 */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

export interface Artefact {
  readonly folder: string;
  readonly version: string;
  readonly manifest: Manifest;
}

export interface OpenedArtefact extends Artefact {
  readonly signature: Signature;
  /** of the files that were to be checked block by block later, by relative path */
  readonly blocks: ReadonlyMap<string, BlockChecksums>;
}

export interface WriteOptions {
  readonly clock?: () => Date;
  /** versions to keep besides the new one (default 1) */
  readonly keep?: number;
  /** signs the manifest; default: no signature */
  readonly sign?: Sign;
}

/**
 * Makes a new version of `kind` by letting `write` fill an empty folder, then makes it the current one.
 * When `write` throws, nothing has changed.
 */
export async function writeArtefact(
  home: string,
  kind: ArtefactKind,
  write: (folder: string) => Promise<void>,
  { clock = () => new Date(), keep = 1, sign }: WriteOptions = {},
): Promise<Artefact> {
  const kindFolder = join(home, kind);
  await privateFolder(kindFolder);
  await removeLeftovers(kindFolder);
  const now = clock();
  const version = newVersion(now, await keptVersions(home, kind));
  const partial = join(kindFolder, partialName(version));
  const folder = join(kindFolder, version);
  await mkdir(partial, { mode: PRIVATE_FOLDER });
  try {
    await write(partial);
    const files = await checksums(partial);
    const createdAt = now.toISOString();
    const manifest: Manifest = { kind, format: FORMAT[kind], version, createdAt, files };
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
    await rename(partial, folder);
    try {
      await flush(kindFolder);
      await pointTo(home, kind, version);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    return hide(kindFolder, outdated(await keptVersions(home, kind), version, before, keep));
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

export interface OpenOptions {
  /** false: checks sizes only, without reading the files */
  readonly checksums?: boolean;
  /** files of which `blocks` is wanted */
  readonly blocksOf?: readonly string[];
  /** accept only what one of these keys has signed; default: everything, signed or not */
  readonly trust?: readonly TrustedKey[];
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
  { checksums = true, blocksOf = [], trust = [] }: OpenOptions,
): Promise<OpenedArtefact> {
  if (!/^[\w-]+$/.test(version))
    throw new ArtefactError(
      `"${firstLetters(version, 60)}" is not a version of ${join(home, kind)}: run "osusume ${STAGE_OF[kind]}" again`,
    );
  const folder = join(home, kind, version);
  const { manifest, signature } = await readManifest(folder, kind, trust);
  const blocks = new Map<string, BlockChecksums>();
  await Promise.all(
    Object.keys(manifest.files).map(async (file) => {
      await checkSize(folder, file, manifest);
      if (!checksums) return;
      const found = await checkContent(folder, file, manifest, blocksOf.includes(file));
      if (found) blocks.set(file, found);
    }),
  );
  return { folder, version, manifest, signature, blocks };
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

const Files = Type.Record(
  Type.String(),
  Type.Object({ bytes: Type.Integer({ minimum: 0 }), sha256: Type.String() }),
);

async function readManifest(
  folder: string,
  kind: ArtefactKind,
  trust: readonly TrustedKey[],
): Promise<{ manifest: Manifest; signature: Signature }> {
  const path = join(folder, 'manifest.json');
  const again = `run "osusume ${STAGE_OF[kind]}" again`;
  const cannotRead = (error: unknown) =>
    new ArtefactError(`Cannot read ${path} (${(error as Error).message}): ${again}`);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw cannotRead(error);
  });
  // Before anything that the manifest says is believed.
  const signature = await checkSignature(folder, bytes, trust);
  let manifest: Partial<Manifest> | null;
  try {
    manifest = JSON.parse(bytes.toString('utf8')) as Partial<Manifest> | null;
  } catch (error) {
    throw cannotRead(error);
  }
  if (manifest?.kind !== kind)
    throw new ArtefactError(`${path} does not describe a ${kind}: ${again}`);
  if (manifest.format !== FORMAT[kind]) {
    const remedy = (manifest.format ?? 0) > FORMAT[kind] ? 'update Osusume' : again;
    throw new ArtefactError(
      `${path} has format ${manifest.format}, this Osusume reads format ${FORMAT[kind]}: ${remedy}`,
    );
  }
  if (!Value.Check(Files, manifest.files))
    throw new ArtefactError(`${path} does not describe the files of a ${kind}: ${again}`);
  if (trust.length > 0 && manifest.version !== basename(folder))
    throw new TamperedError(
      `${folder} has been tampered with: its signed manifest.json is that of version ${firstLetters(String(manifest.version), 60)}`,
    );
  return { manifest: manifest as Manifest, signature };
}

async function checkSize(folder: string, file: string, manifest: Manifest): Promise<void> {
  const path = join(folder, file);
  const expected = manifest.files[file];
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  );
  if (size !== expected.bytes) {
    const found = size < 0 ? 'is missing' : `has ${size} bytes`;
    throw new ArtefactError(
      `${path} ${found}, expected ${expected.bytes} bytes: run "osusume ${STAGE_OF[manifest.kind]}" again`,
    );
  }
}

async function checkContent(
  folder: string,
  file: string,
  manifest: Manifest,
  withBlocks: boolean,
): Promise<BlockChecksums | null> {
  const path = join(folder, file);
  const expected = manifest.files[file];
  const { sha256, blocks } = await checkFile(path, withBlocks);
  if (sha256 === expected.sha256) return blocks;
  throw new ArtefactError(
    `${path} is damaged: its SHA-256 is ${sha256}, expected ${expected.sha256}: run "osusume ${STAGE_OF[manifest.kind]}" again`,
  );
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
