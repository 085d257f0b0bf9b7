/** Finds the newest sound version where a pointer was lost, and lets the pointer name it again. */
import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtefactError } from '../error.ts';
import { openArtefact } from './artefact.ts';
import { withPointerLock } from './home-locks.ts';
import { ARTEFACT_KINDS, type ArtefactKind } from './kinds.ts';
import { pointTo, readPointer } from './versions.ts';

/**
 * Mends every lost pointer of a home.
 * @param note receives a line about each
 */
export async function mendPointers(home: string, note: (line: string) => void): Promise<void> {
  for (const kind of ARTEFACT_KINDS) await mendPointer(home, kind, note);
}

/**
 * Points to the newest sound version when the pointer is lost. A pointer that cannot be read or moved stays, and the
 * newest sound version is used all the same.
 */
export async function mendPointer(
  home: string,
  kind: ArtefactKind,
  note: (line: string) => void,
): Promise<void> {
  const found = await readPointer(home, kind);
  if (found.state !== 'lost') return;
  const version = await newestSound(home, kind);
  if (version === null) {
    note(`${found.fault}, and no version beside it can be used`);
    return;
  }
  const problem = await repoint(home, kind, version);
  const after = problem === null ? 'the pointer names it again' : `${problem}; nothing was changed`;
  note(`${found.fault}: ${version}, the newest sound version, is used; ${after}`);
}

/** @returns why it could not be done; null = done */
async function repoint(home: string, kind: ArtefactKind, version: string): Promise<string | null> {
  try {
    await withPointerLock(home, async () => {
      // Somebody may have mended or moved it meanwhile.
      if ((await readPointer(home, kind)).state !== 'lost') return;
      // An empty folder in its place holds nothing; one with files is left alone.
      await rmdir(join(home, kind, 'current')).catch(() => {});
      await pointTo(home, kind, version);
    });
    return null;
  } catch (error) {
    return `the pointer cannot be mended (${(error as Error).message})`;
  }
}

/** @returns null when no version is sound */
async function newestSound(home: string, kind: ArtefactKind): Promise<string | null> {
  try {
    return (await openArtefact(home, kind)).version;
  } catch (error) {
    if (error instanceof ArtefactError) return null;
    throw error;
  }
}
