/**
 * Who may read what an installation keeps. A home holds lists of people, so its files are for its owner alone,
 * whatever the umask: folders are made 0700 before anything is written into them, files 0600.
 */
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

/** Makes a folder, and its parents, that only the owner can enter; tightens one that is there. */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
  await chmod(path, PRIVATE_FOLDER).catch(ignoreForeign);
}

/** Tightens a folder and everything in it, e.g. one that an earlier release wrote. Links are not followed. */
export async function tighten(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.length === 0) return;
  await chmod(folder, PRIVATE_FOLDER).catch(ignoreForeign);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await tighten(path);
    else if (entry.isFile()) await chmod(path, PRIVATE_FILE).catch(ignoreForeign);
  }
}

/** Some disks know no modes, a file may belong to somebody else, and another process may have removed it. */
function ignoreForeign(error: NodeJS.ErrnoException): void {
  const passing = ['EPERM', 'EACCES', 'EROFS', 'ENOSYS', 'ENOTSUP', 'ENOENT'];
  if (!passing.includes(error.code ?? '')) throw error;
}
