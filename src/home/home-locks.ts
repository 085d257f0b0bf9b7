/**
 * The locks of a home, in <home>/locks:
 *
 *   stage      held by a stage, or by a pipeline from its first stage to its last: they write what the next one reads
 *   map        held while a map is made: by the last stage of a pipeline, `osusume map` or the worker of a server
 *   pointer    held for moments, while a pointer moves or an old version goes
 *   download   held while a bundle is fetched from cloud storage
 */
import { join } from 'node:path';
import { type LockOptions, requireLock, withLock } from './lock.ts';

const pathOf = (home: string, name: string) => join(home, 'locks', name);

/**
 * Runs a stage alone.
 * @param doing the command, for others
 * @throws LockedError at once when another process runs a stage; the message names it
 */
export function withStageLock<T>(home: string, doing: string, work: () => Promise<T>): Promise<T> {
  return withLock(pathOf(home, 'stage'), { doing }, work);
}

/** Runs `work` when no other process makes a map; waits for one that does. */
export function withMapLock<T>(
  home: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  return withLock(pathOf(home, 'map'), { wait: true, ...options }, work);
}

/** Runs `work`, which takes moments, while no other process moves a pointer or removes a version. */
export function withPointerLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const options = { doing: 'moving a pointer', wait: true, heartbeat: false };
  return withLock(pathOf(home, 'pointer'), options, work);
}

/** Runs `work` when no other process fetches a bundle; waits for one that does. */
export function withDownloadLock<T>(
  home: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  return withLock(pathOf(home, 'download'), { wait: true, ...options }, work);
}

/** @throws LockedError when the running stage has lost its lock */
export function requireStageLock(home: string): Promise<void> {
  return requireLock(pathOf(home, 'stage'));
}
