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
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ArtefactError, OsusumeError, TamperedError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';
import { flush, writeAtomically } from './atomic-write.ts';
import { partialName, removeLeftovers } from './pid-lock.ts';
import {
  checkSignature,
  type Sign,
  type Signature,
  signatureFile,
  type TrustedKey,
} from './signature.ts';

export type ArtefactKind = 'ingest' | 'dataset' | 'model' | 'leaderboard' | 'bundle' | 'map';

/** Version of each kind's format; increased when it changes. Files of any other version are refused. */
const FORMAT: Record<ArtefactKind, number> = {
  ingest: 1,
  dataset: 1,
  model: 3,
  leaderboard: 1,
  bundle: 2,
  map: 1,
};

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
}

export interface OpenOptions {
  /** false: checks sizes only, without reading the files */
  readonly checksums?: boolean;
  /** accept only what one of these keys has signed; default: everything, signed or not */
  readonly trust?: readonly TrustedKey[];
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
  await mkdir(kindFolder, { recursive: true });
  await removeLeftovers(kindFolder);
  const createdAt = clock().toISOString();
  const version = `${createdAt.replace(/[-:]/g, '').replace(/\..*/, '')}-${randomBytes(3).toString('hex')}`;
  const partial = join(kindFolder, partialName(version));
  await mkdir(partial);
  try {
    await write(partial);
    const files = await checksums(partial);
    const manifest: Manifest = { kind, format: FORMAT[kind], version, createdAt, files };
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    await writeAtomically(join(partial, 'manifest.json'), bytes);
    if (sign) await writeAtomically(signatureFile(partial), sign(bytes));
    const folder = join(kindFolder, version);
    await rename(partial, folder);
    await flush(kindFolder);
    await pointTo(home, kind, version);
    await removeOld(kindFolder, version, keep);
    return { folder, version, manifest };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Makes an existing version the current one (also: roll back). */
export async function pointTo(home: string, kind: ArtefactKind, version: string): Promise<void> {
  const kindFolder = join(home, kind);
  await writeAtomically(join(kindFolder, 'current'), `${version}\n`);
  await flush(kindFolder);
}

/** The version in use, or null when nothing has been made yet. */
export async function currentVersion(home: string, kind: ArtefactKind): Promise<string | null> {
  try {
    return (await readFile(join(home, kind, 'current'), 'utf8')).trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Opens a version (default: the current one) after checking its signature, its format, every file's size and checksum.
 * @throws ArtefactError that names the file and what was expected; TamperedError when the signature is wrong
 */
export async function openArtefact(
  home: string,
  kind: ArtefactKind,
  version?: string,
  { checksums = true, trust = [] }: OpenOptions = {},
): Promise<OpenedArtefact> {
  const wanted = version ?? (await currentVersion(home, kind));
  if (wanted === null) {
    throw new ArtefactError(
      `No ${kind} in ${home} yet: run "osusume ${STAGE_OF[kind]}" (or "osusume pipeline") first`,
    );
  }
  if (!/^[\w-]+$/.test(wanted)) {
    throw new ArtefactError(
      `${join(home, kind, 'current')} names "${firstLetters(wanted, 60)}", which is not a version: run "osusume ${STAGE_OF[kind]}" again`,
    );
  }
  const folder = join(home, kind, wanted);
  const { manifest, signature } = await readManifest(folder, kind, trust);
  await Promise.all(
    Object.keys(manifest.files).map(async (file) => {
      await checkSize(folder, file, manifest);
      if (checksums) await checkContent(folder, file, manifest);
    }),
  );
  return { folder, version: wanted, manifest, signature };
}

/** All versions on disk, newest first, damaged ones included. */
export async function keptVersions(home: string, kind: ArtefactKind): Promise<string[]> {
  const names = await readdir(join(home, kind)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter(isVersion).sort().reverse();
}

function isVersion(name: string): boolean {
  return /^\d{8}T\d{6}-[\w-]+$/.test(name);
}

const STAGE_OF: Record<ArtefactKind, string> = {
  ingest: 'ingest',
  dataset: 'prepare',
  model: 'train',
  leaderboard: 'evaluate',
  bundle: 'publish',
  map: 'map',
};

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

async function checkContent(folder: string, file: string, manifest: Manifest): Promise<void> {
  const path = join(folder, file);
  const expected = manifest.files[file];
  const sha256 = await sha256Of(path);
  if (sha256 !== expected.sha256) {
    throw new ArtefactError(
      `${path} is damaged: its SHA-256 is ${sha256}, expected ${expected.sha256}: run "osusume ${STAGE_OF[manifest.kind]}" again`,
    );
  }
}

async function checksums(folder: string): Promise<Manifest['files']> {
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

/** SHA-256 of a file, in hex. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function removeOld(kindFolder: string, current: string, keep: number): Promise<void> {
  const versions = (await readdir(kindFolder))
    .filter((name) => isVersion(name) && name !== current)
    .sort();
  for (const version of versions.slice(0, Math.max(0, versions.length - keep))) {
    await rm(join(kindFolder, version), { recursive: true, force: true });
  }
}

/** Reads a small JSON file of an artefact; its content is still to be checked by the caller. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new OsusumeError(`${path} is not valid JSON: ${error.message}`);
    throw error;
  }
}
