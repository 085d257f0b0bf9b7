/** Replaces a file as a whole: temporary name, flush, rename. A crash leaves the old file or the new one. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { partialName } from './pid-lock.ts';

/** What a file is to hold, or a function that writes it to the path that it is given. */
export type Content = string | Uint8Array | ((path: string) => Promise<unknown>);

/** @param writtenAt the file's modification time in milliseconds since 1970; default: now */
export async function writeAtomically(
  path: string,
  content: Content,
  writtenAt?: number,
): Promise<void> {
  const partial = join(dirname(path), partialName(randomBytes(6).toString('hex')));
  try {
    if (typeof content !== 'function') await writeFile(partial, content, { flush: true });
    else {
      await content(partial);
      await flush(partial);
    }
    if (writtenAt !== undefined) await utimes(partial, writtenAt / 1000, writtenAt / 1000);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
}

/** Waits until a file's content, or a folder's list of names, is on the disk. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
