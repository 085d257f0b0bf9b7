/** Checks a version against its manifest.json: signature, format, and size and SHA-256 of every file. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ArtefactError, TamperedError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';
import { type BlockChecksums, checkFile } from './checksum.ts';
import { type ArtefactKind, FORMAT, STAGE_OF } from './kinds.ts';
import { checkSignature, type Signature, type TrustedKey } from './signature.ts';

export interface Manifest {
  readonly kind: ArtefactKind;
  readonly format: number;
  readonly version: string;
  readonly createdAt: string;
  /** relative path → size in bytes and SHA-256 */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** What a folder has to be. */
export interface Named {
  readonly kind: ArtefactKind;
  readonly version: string;
}

export interface CheckOptions {
  /** false: checks sizes only, without reading the files */
  readonly checksums?: boolean;
  /** files of which `blocks` is wanted */
  readonly blocksOf?: readonly string[];
  /** accept only what one of these keys has signed; default: everything, signed or not */
  readonly trust?: readonly TrustedKey[];
}

export interface CheckedVersion {
  readonly manifest: Manifest;
  readonly signature: Signature;
  /** of the files that were to be checked block by block later, by relative path */
  readonly blocks: ReadonlyMap<string, BlockChecksums>;
}

/** @throws ArtefactError that names the file and what was expected; TamperedError when the signature is wrong */
export async function checkVersion(
  folder: string,
  named: Named,
  { checksums = true, blocksOf = [], trust = [] }: CheckOptions = {},
): Promise<CheckedVersion> {
  const { manifest, signature } = await readManifest(folder, named, trust);
  const blocks = new Map<string, BlockChecksums>();
  await Promise.all(
    Object.keys(manifest.files).map(async (file) => {
      await checkSize(folder, file, manifest);
      if (!checksums) return;
      const found = await checkContent(folder, file, manifest, blocksOf.includes(file));
      if (found) blocks.set(file, found);
    }),
  );
  return { manifest, signature, blocks };
}

const Files = Type.Record(
  Type.String(),
  Type.Object({ bytes: Type.Integer({ minimum: 0 }), sha256: Type.String() }),
);

/**
 * Reads what a version says of itself, after checking its signature and its format.
 * @throws ArtefactError; TamperedError when the signature is wrong
 */
export async function readManifest(
  folder: string,
  { kind, version }: Named,
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
  if (trust.length > 0 && manifest.version !== version)
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
