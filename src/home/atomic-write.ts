/**
 * Replaces a file as a whole: temporary name, flush, rename. A crash leaves the old file or the new one. Only its owner
 * may read it, unless told otherwise.
 */
import { randomBytes } from 'node:crypto';
import { chmod, open, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { partialName } from './leftovers.ts';
import { PRIVATE_FILE } from './modes.ts';

/** What a file is to hold, or a function that writes it to the path that it is given. */
export type Content = string | Uint8Array | ((path: string) => Promise<unknown>);

export interface WriteOptions {
  /** the file's modification time in milliseconds since 1970; default: now */
  readonly writtenAt?: number;
  /** default: only the owner may read it */
  readonly mode?: number;
}

export async function writeAtomically(
  path: string,
  content: Content,
  { writtenAt, mode = PRIVATE_FILE }: WriteOptions = {},
): Promise<void> {
  const partial = join(dirname(path), partialName(randomBytes(6).toString('hex')));
  try {
    if (typeof content !== 'function') await writeFile(partial, content, { flush: true, mode });
    else {
      await content(partial);
      await chmod(partial, mode);
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
