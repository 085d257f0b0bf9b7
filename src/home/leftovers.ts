/** The names of files and folders that are being written, and the removal of those that a killed process left behind. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, processPlace } from './process-place.ts';

/** The hidden name of a file or folder while it is being written; `removeLeftovers` knows it. */
export function partialName(suffix: string): string {
  return `.partial-${process.pid}-${processPlace()}-${suffix}`;
}

/** ms. What another host or container is writing cannot be told from what it left; nothing takes this long. */
const FOREIGN_AGE = 24 * 3_600_000;
const NAME = /^\.(?:partial|partial-sample|current)-(\d+)(?:-([0-9a-f]{8})(?=-))?(?:-|$)/;

/** Removes what killed processes were writing in `folder`. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid, place] = NAME.exec(name) ?? [];
    if (pid && !(await isBeingWritten(join(folder, name), Number(pid), place)))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** @param place of the process; undefined: an earlier release wrote it, in any place */
async function isBeingWritten(path: string, pid: number, place?: string): Promise<boolean> {
  const written = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (place !== undefined && place !== processPlace()) return Date.now() - written < FOREIGN_AGE;
  if (pid !== process.pid) return isRunning(pid);
  // In a container every process may have this process's id, also the killed one before it.
  return written >= Date.now() - 1000 * process.uptime();
}
