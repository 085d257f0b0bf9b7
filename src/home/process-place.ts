/**
 * Which process wrote a file, so that a later one can tell whether it still runs. A process id alone does not tell: it
 * is used again after a restart, in every container, and on every host that shares the disk.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where process ids are distinct: a host since its last start, or a container on it. */
let place: string | undefined;

/** 8 hex digits; processes of one place see each other's ids. */
export function processPlace(): string {
  place ??= createHash('sha256')
    .update(
      [
        hostname(),
        read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
        read(() => readlinkSync('/proc/self/ns/pid')),
      ].join('\n'),
    )
    .digest('hex')
    .slice(0, 8);
  return place;
}

/** When a process of this place started, in ticks since the system's start; '' = not known (not Linux). */
export function processStart(pid: number): string {
  return statOf(pid)[19] ?? '';
}

/** Whether a process of this place has this id now. One that was killed and not yet collected by its parent is gone. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return statOf(pid)[0] !== 'Z';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The fields of /proc/<pid>/stat from the third on. The second is a name in parentheses, which may contain spaces. */
function statOf(pid: number): string[] {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function read(source: () => string): string {
  try {
    return source();
  } catch {
    return '';
  }
}
