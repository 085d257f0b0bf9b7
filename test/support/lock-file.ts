/** A lock file as another process would write it. */
import { utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { processPlace, processStart } from '../../src/home/process-place.ts';

/**
 * @param holder what differs from a living process of this place that runs "osusume pipeline"
 * @param seconds since its last sign of life
 */
export async function writeLockFile(file: string, holder: object, seconds = 0): Promise<void> {
  const living = {
    pid: process.ppid,
    host: hostname(),
    place: processPlace(),
    start: processStart(process.ppid),
    doing: 'osusume pipeline',
    since: '2026-01-02T03:04:05.000Z',
    token: 'other',
  };
  await writeFile(file, JSON.stringify({ ...living, ...holder }));
  await ageFile(file, seconds);
}

export async function ageFile(file: string, seconds: number): Promise<void> {
  const at = Date.now() / 1000 - seconds;
  await utimes(file, at, at);
}
