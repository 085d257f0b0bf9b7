/**
 * A lock between processes, also of several containers and hosts that share a disk.
 *
 *   <path>.<n>     held by the process that the file describes; usually n = 1
 *
 * The file appears with its content at once (a link to a temporary file), so of several processes exactly one creates
 * number n. A lock whose process is gone is taken over by creating number n + 1, and only then is the old file removed:
 * nobody ever removes a lock that another process may just have taken.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { InterruptedError, OsusumeError } from '../error.ts';
import { partialName } from './leftovers.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER } from './modes.ts';
import { isRunning, processPlace, processStart } from './process-place.ts';

/** Another process holds the lock. */
export class LockedError extends OsusumeError {
  override readonly name = 'LockedError';
}

export interface LockOptions {
  /** what is being done, e.g. "osusume train"; others are shown it while they wait */
  readonly doing: string;
  /** wait until the lock is free instead of refusing at once */
  readonly wait?: boolean;
  /** called once with who holds the lock, before waiting */
  readonly onWait?: (message: string) => void;
  readonly signal?: AbortSignal;
  /** false: held for moments only, so nothing shows that the holder lives; default true */
  readonly heartbeat?: boolean;
}

/** The content of a lock file. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly place: string;
  readonly start: string;
  readonly doing: string;
  readonly since: string;
  readonly token: string;
}

/** ms between two signs of life of a holder, which a thread of its own writes */
const HEARTBEAT = 5_000;
/** ms without one after which a holder of another place counts as gone */
const SILENCE = 30_000;
/** ms between two looks while waiting */
const LOOK = 50;
const ATTEMPTS = 5;

/** The locks that the running call holds, by path: it may enter them again. */
const holding = new AsyncLocalStorage<ReadonlyMap<string, Held>>();

interface Held {
  readonly file: string;
  readonly token: string;
}

/**
 * Runs `work` while no other call, in this process or another, holds the lock. A call inside `work` may take the same
 * lock again. The lock of a process that was killed is taken over: at once if it ran in this place, otherwise after
 * half a minute without a sign of life.
 * @throws LockedError that names the holder, at once unless `wait`
 */
export async function withLock<T>(
  path: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const outer = holding.getStore() ?? new Map<string, Held>();
  if (outer.has(path)) return work();
  const held = await take(path, options);
  const beat = options.heartbeat === false ? null : startHeartbeat(held.file);
  try {
    return await holding.run(new Map([...outer, [path, held]]), work);
  } finally {
    await beat?.terminate();
    if (await isHeld(held)) await rm(held.file, { force: true });
  }
}

/**
 * For a call inside `withLock`, before a step that cannot be undone.
 * @throws LockedError when the lock was lost: the process was suspended, and another one took over
 */
export async function requireLock(path: string): Promise<void> {
  const held = holding.getStore()?.get(path);
  if (!held || (await isHeld(held))) return;
  throw new LockedError(
    `${path} was lost: this process gave no sign of life for ${SILENCE / 1000} s (was it suspended?) and another one has taken over. Nothing was changed; run the command again`,
  );
}

async function isHeld({ file, token }: Held): Promise<boolean> {
  return (await holderOf(file))?.token === token;
}

async function take(path: string, options: LockOptions): Promise<Held> {
  for (let told = false; ; ) {
    try {
      return await tryToTake(path, options.doing);
    } catch (error) {
      if (!(error instanceof LockedError) || !options.wait) throw error;
      if (!told) options.onWait?.(error.message);
      told = true;
      await sleep(LOOK, undefined, { signal: options.signal }).catch(() => {
        throw new InterruptedError(`Interrupted while waiting: ${error.message}`);
      });
    }
  }
}

async function tryToTake(path: string, doing: string): Promise<Held> {
  await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
  const token = randomBytes(8).toString('hex');
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    place: processPlace(),
    start: processStart(process.pid),
    doing,
    since: new Date().toISOString(),
    token,
  };
  const draft = join(dirname(path), partialName(token));
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await writeFile(draft, JSON.stringify(holder), { mode: PRIVATE_FILE });
      const before = await requireFree(path, doing, draft);
      const file = `${path}.${1 + Math.max(0, ...before.map(numberOf))}`;
      if (!(await createWhole(draft, file))) continue;
      const others = (await lockFiles(path)).filter((other) => other !== file);
      // Somebody who looked a while ago may have created another number meanwhile: then both step back.
      if (await firstLiving(others, draft)) {
        await rm(file, { force: true });
        await sleep(Math.random() * LOOK);
        continue;
      }
      for (const other of others) await rm(other, { force: true });
      return { file, token };
    }
  } finally {
    await rm(draft, { force: true });
  }
  throw new LockedError(
    `Cannot start "${doing}": other processes are starting at ${path} at this moment. Try again`,
  );
}

/** @returns lock files whose processes are gone */
async function requireFree(path: string, doing: string, draft: string): Promise<string[]> {
  const files = await lockFiles(path);
  const living = await firstLiving(files, draft);
  if (living) throw new LockedError(refusal(doing, living.file, living.holder));
  return files;
}

function refusal(doing: string, file: string, holder: Holder | null): string {
  const who = holder
    ? `process ${holder.pid} on ${holder.host} has been running "${holder.doing}" since ${holder.since}`
    : `another process has just taken ${file}, which cannot be read yet`;
  return `Cannot start "${doing}": ${who}. Wait until it has finished, or stop it; if it was killed on another host or in another container, try again in ${SILENCE / 1000} seconds`;
}

async function firstLiving(files: readonly string[], draft: string) {
  for (const file of files) {
    const holder = await holderOf(file);
    if (await isLiving(file, holder, draft)) return { file, holder };
  }
  return null;
}

/** @param draft a file that has just been written: its time is the disk's, as that of the sign of life */
async function isLiving(file: string, holder: Holder | null, draft: string): Promise<boolean> {
  if (holder?.place === processPlace()) {
    if (!isRunning(holder.pid)) return false;
    if (holder.start !== '') return holder.start === processStart(holder.pid);
  }
  const [now, sign] = await Promise.all([draft, file].map((path) => stat(path).catch(() => null)));
  return now !== null && sign !== null && now.mtimeMs - sign.mtimeMs < SILENCE;
}

/** Null when the file is gone, empty or garbage. */
async function holderOf(file: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    const { pid, host, place, start, doing, since, token } = (value ?? {}) as Partial<Holder>;
    if (!Number.isSafeInteger(pid) || (pid as number) < 1) return null;
    const texts = [host, place, start, doing, since, token];
    return texts.every((text) => typeof text === 'string') ? (value as Holder) : null;
  } catch {
    return null;
  }
}

/** All numbers of a lock, in ascending order. */
async function lockFiles(path: string): Promise<string[]> {
  const start = `${basename(path)}.`;
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(start) && /^\d{1,9}$/.test(name.slice(start.length)))
    .map((name) => join(dirname(path), name))
    .sort((a, b) => numberOf(a) - numberOf(b));
}

function numberOf(file: string): number {
  return Number(file.slice(file.lastIndexOf('.') + 1));
}

/** @returns false when the file exists already */
async function createWhole(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
  }
  // A disk without links: for a moment the file is there and empty, which counts as held.
  try {
    const content = await readFile(draft);
    await writeFile(file, content, { flag: 'wx', mode: PRIVATE_FILE });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Writes the same bytes again and again, so that the disk's clock stamps the file. In a thread of its own, because a
 * stage may compute for minutes without a pause. As text, so that it runs both from source and from the build.
 */
const THREAD = `
  const { openSync, readFileSync, writeSync } = require('node:fs');
  const { workerData } = require('node:worker_threads');
  const content = readFileSync(workerData.file);
  const file = openSync(workerData.file, 'r+');
  setInterval(() => { try { writeSync(file, content, 0, content.length, 0); } catch {} }, workerData.every);
`;

function startHeartbeat(file: string): Worker {
  const beat = new Worker(THREAD, { eval: true, workerData: { file, every: HEARTBEAT } });
  // Without it the lock is held all the same; only other hosts may take it for a killed process's.
  beat.on('error', () => {});
  beat.unref();
  return beat;
}
