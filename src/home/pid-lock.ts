/** A lock file that holds its owner's process id, and files that a killed process left behind. */
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OsusumeError } from '../error.ts';

/** Another process holds the lock. */
export class LockedError extends OsusumeError {
  override readonly name = 'LockedError';
}

/**
 * Runs `work` while no other call, in this process or another, holds the lock. The lock of a killed process is taken over.
 * @param path of the lock file, which exists as long as `work` runs
 * @param what is being done, for the message
 * @throws LockedError at once when the lock is held
 */
export async function withPidLock<T>(
  path: string,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!(await acquire(path))) {
    // A file that has just been created has no process id in it yet: then its age decides.
    const pid = Number(await readFile(path, 'utf8').catch(() => '')) || process.pid;
    if (await isHeld(path, pid)) {
      throw new LockedError(
        `${what}: process ${pid} is already running this command; wait until it has finished`,
      );
    }
    await rm(path, { force: true });
    if (!(await acquire(path))) {
      throw new LockedError(
        `${what}: another process has just started this command; wait until it has finished`,
      );
    }
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** The hidden name of a file or folder while it is being written; `removeLeftovers` knows it. */
export function partialName(suffix: string): string {
  return `.partial-${process.pid}-${suffix}`;
}

/** Removes what killed processes were writing in `folder`. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /^\.(?:partial|partial-sample|current)-(\d+)(?:-|$)/.exec(name)?.[1];
    if (pid && !(await isHeld(join(folder, name), Number(pid))))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** @returns false when the file exists already */
async function acquire(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Whether the process that wrote `path` still runs. Its id alone does not tell: in a container every process may have
 * this process's id, also the killed one before it. A file older than this process is the killed one's.
 */
async function isHeld(path: string, pid: number): Promise<boolean> {
  if (pid !== process.pid) return isRunning(pid);
  const started = Date.now() - 1000 * process.uptime();
  const written = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return written >= started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
