/** Which versions of an artefact are on disk, and which of them `current` names. */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { firstLetters } from '../first-letters.ts';
import { flush, writeAtomically } from './atomic-write.ts';
import type { ArtefactKind } from './kinds.ts';

/** What <home>/<kind>/current says. */
export type Pointer =
  | { readonly state: 'sound'; readonly version: string }
  /** nothing has been made yet */
  | { readonly state: 'none' }
  /** it is missing beside versions, empty, garbage, unreadable, or names a version that is not there */
  | { readonly state: 'lost'; readonly fault: string };

export async function readPointer(home: string, kind: ArtefactKind): Promise<Pointer> {
  const path = join(home, kind, 'current');
  const lost = (fault: string) => ({ state: 'lost', fault: `${path} ${fault}` }) as const;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return (await keptVersions(home, kind)).length > 0 ? lost('is missing') : { state: 'none' };
    if (code === 'EISDIR') return lost('is a folder');
    // Too many open files, say: that will pass and tells nothing about the pointer.
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EIO') throw error;
    return lost(`cannot be read (${code})`);
  }
  const version = text.trim();
  if (version === '') return lost('is empty');
  if (!/^[\w-]+$/.test(version))
    return lost(`names "${firstLetters(version, 60)}", which is not a version`);
  const found = await stat(join(home, kind, version)).catch(() => null);
  if (!found?.isDirectory()) return lost(`names ${firstLetters(version, 60)}, which is not there`);
  return { state: 'sound', version };
}

/** The version that the pointer names; null when nothing has been made yet or the pointer is lost. */
export async function currentVersion(home: string, kind: ArtefactKind): Promise<string | null> {
  const pointer = await readPointer(home, kind);
  return pointer.state === 'sound' ? pointer.version : null;
}

/** Makes an existing version the current one (also: roll back). */
export async function pointTo(home: string, kind: ArtefactKind, version: string): Promise<void> {
  const kindFolder = join(home, kind);
  await writeAtomically(join(kindFolder, 'current'), `${version}\n`);
  await flush(kindFolder);
}

/** All versions on disk, newest first, damaged ones included. */
export async function keptVersions(home: string, kind: ArtefactKind): Promise<string[]> {
  const names = await readdir(join(home, kind)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  return names.filter(isVersion).sort().reverse();
}

/** Whether a name is one that `newVersion` makes. */
export function isVersion(name: string): boolean {
  return VERSION.test(name);
}

const VERSION = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)-[\w-]+$/;

/**
 * A name for a new version: the time and six random digits. Versions sort by their names, so one that is made while
 * the clock is slow is named after the newest one all the same.
 * @param kept versions on disk, newest first
 */
export function newVersion(now: Date, kept: readonly string[]): string {
  const times = kept.map(timeOf).filter((time) => !Number.isNaN(time));
  const newest = Math.max(...times, Number.NEGATIVE_INFINITY);
  const time = Math.max(now.getTime(), Math.min(newest + 1000, LAST_TIME));
  return `${stampOf(time)}-${randomBytes(3).toString('hex')}`;
}

/** The time of what is made without one. */
export const NO_TIME = new Date(0);

/**
 * A name that depends on nothing but the content: the same files have the same name on every machine and on every day.
 * @param content whatever can be told apart in JSON
 */
export function contentVersion(content: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return `${stampOf(NO_TIME.getTime())}-${hash.slice(0, 16)}`;
}

function stampOf(time: number): string {
  return new Date(time).toISOString().replace(/[-:]/g, '').replace(/\..*/, '');
}

/** A later year has five digits. */
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59);

function timeOf(version: string): number {
  const [, year, month, day, hour, minute, second] = VERSION.exec(version) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/**
 * The versions that go when `made` has become the current one.
 * @param before what was current; the last to go, whatever its age
 * @param keep how many stay besides `made`
 */
export function outdated(
  kept: readonly string[],
  made: string,
  before: string | null,
  keep: number,
): string[] {
  const others = kept.filter((version) => version !== made && version !== before);
  const isKept = before !== null && before !== made && kept.includes(before);
  const inOrder = isKept ? [before, ...others] : others;
  return inOrder.slice(keep);
}
