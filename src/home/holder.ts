/** Whether what a process writes on the disk, and names with its number, is still being written. */
import { stat } from 'node:fs/promises';

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
