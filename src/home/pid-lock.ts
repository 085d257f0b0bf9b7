/** Whether what a process writes on the disk, and names with its number, is still being written. */
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { OsusumeError } from '../error.ts';

/** Somebody else is at work there. */
export class HeldError extends OsusumeError {
  override readonly name = 'HeldError';
}

/**
 * Runs `work` while nobody else does at the same path: this process or another. What a killed process left is no hindrance.
 * @param path of a file that is there meanwhile
 * @param what is being done, for the message
 * @throws HeldError at once when somebody does
 */
export async function holding<T>(path: string, what: string, work: () => Promise<T>): Promise<T> {
  if (!(await taken(path))) {
    // A file that has just been made has no number in it yet: then its age tells.
    const pid = Number(await readFile(path, 'utf8').catch(() => '')) || process.pid;
    if (await isHeld(path, pid))
      throw new HeldError(`${what}: process ${pid} is at it; wait until it is done`);
    await rm(path, { force: true });
    if (!(await taken(path))) throw new HeldError(`${what}: another process has just begun`);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** @returns false when the file was there already */
async function taken(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * A number of this very process is not enough: in a container every process has it, the one that was killed before this
 * one too. What is older than this process is that one's.
 */
export async function isHeld(path: string, pid: number): Promise<boolean> {
  if (pid !== process.pid) return isRunning(pid);
  const started = Date.now() - 1000 * process.uptime();
  const touched = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return touched >= started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
