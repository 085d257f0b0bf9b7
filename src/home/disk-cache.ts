/**
 * Files in a folder, the least recently used removed when there are too many. A file appears as a whole or not at all.
 * Its modification time says when it was written, its access time when it was last used.
 */
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Content, writeAtomically } from './atomic-write.ts';
import { removeLeftovers } from './leftovers.ts';
import { privateFolder } from './modes.ts';

export interface CachedFile {
  /** name in the folder */
  readonly file: string;
  readonly bytes: number;
  /** milliseconds since 1970 */
  readonly writtenAt: number;
}

export interface DiskCacheOptions {
  readonly folder: string;
  /** the key of the entry in a file; null = not a file of this cache, left alone */
  readonly keyOf: (file: string) => string | null;
  /** of all files together; default: no limit */
  readonly limitBytes?: number;
  /** default: no limit */
  readonly limitEntries?: number;
  /** milliseconds since 1970 */
  readonly now?: () => number;
}

interface Entry extends CachedFile {
  usedAt: number;
}

/** The use of an entry is written to the disk at most this often, in milliseconds. */
const USE_INTERVAL = 60_000;

export class DiskCache {
  readonly #options: Required<DiskCacheOptions>;
  /** least recently used first */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  private constructor(options: DiskCacheOptions) {
    const limits = { limitBytes: Number.POSITIVE_INFINITY, limitEntries: Number.POSITIVE_INFINITY };
    this.#options = { ...limits, now: Date.now, ...options };
  }

  /** @throws when the folder cannot be created or read */
  static async open(options: DiskCacheOptions): Promise<DiskCache> {
    const cache = new DiskCache(options);
    await privateFolder(options.folder);
    await removeLeftovers(options.folder);
    await cache.#readFolder();
    await cache.#makeRoom();
    return cache;
  }

  /** of all files together */
  get bytes(): number {
    return this.#bytes;
  }

  /** number of entries */
  get size(): number {
    return this.#entries.size;
  }

  keys(): string[] {
    return [...this.#entries.keys()];
  }

  get(key: string): CachedFile | undefined {
    return this.#entries.get(key);
  }

  /**
   * @param load reads the file; null = it is damaged: it is removed
   * @returns null when there is no entry, or a damaged one
   */
  async read<T>(key: string, load: (path: string) => Promise<T | null>): Promise<T | null> {
    const entry = this.#entries.get(key);
    if (!entry) return null;
    const content = await load(this.#path(entry.file));
    if (this.#entries.get(key) !== entry) return content;
    if (content === null) await this.#remove(key, entry);
    else await this.touch(key);
    return content;
  }

  /**
   * @param file its name, which `keyOf` turns into the key
   * @throws when it cannot be written
   */
  async put(key: string, file: string, content: Content): Promise<void> {
    const now = this.#options.now();
    await writeAtomically(this.#path(file), content, { writtenAt: now });
    const bytes =
      typeof content === 'function'
        ? (await stat(this.#path(file))).size
        : Buffer.byteLength(content);
    const replaced = this.#entries.get(key);
    if (replaced && replaced.file !== file) await this.#remove(key, replaced);
    this.#add(key, { file, bytes, writtenAt: now, usedAt: now });
    await this.#makeRoom();
  }

  /** Notes that the entry has been used. */
  async touch(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#add(key, entry);
    const now = this.#options.now();
    if (now - entry.usedAt < USE_INTERVAL) return;
    entry.usedAt = now;
    // A disk that has become read-only still serves.
    await utimes(this.#path(entry.file), now / 1000, entry.writtenAt / 1000).catch(() => {});
  }

  async #readFolder(): Promise<void> {
    const found: [key: string, entry: Entry][] = [];
    const read = async (file: string) => {
      const key = this.#options.keyOf(file);
      const about = key === null ? null : await stat(this.#path(file)).catch(() => null);
      if (key === null || about === null) return;
      const { size: bytes, mtimeMs: writtenAt, atimeMs } = about;
      found.push([key, { file, bytes, writtenAt, usedAt: Math.max(atimeMs, writtenAt) }]);
    };
    await Promise.all((await readdir(this.#options.folder)).map(read));
    found.sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key, entry] of found) {
      const older = this.#entries.get(key);
      if (older) await this.#remove(key, older);
      this.#add(key, entry);
    }
  }

  /** As the most recently used. */
  #add(key: string, entry: Entry): void {
    this.#bytes += entry.bytes - (this.#entries.get(key)?.bytes ?? 0);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  async #makeRoom(): Promise<void> {
    const { limitBytes, limitEntries } = this.#options;
    for (const [key, entry] of this.#entries) {
      const tooMany = this.#entries.size > limitEntries;
      const tooLarge = this.#bytes > limitBytes;
      if (!tooMany && !tooLarge) return;
      // Removing an empty file frees no bytes.
      if (tooMany || entry.bytes > 0) await this.#remove(key, entry);
    }
  }

  async #remove(key: string, entry: Entry): Promise<void> {
    if (this.#entries.get(key) === entry) {
      this.#entries.delete(key);
      this.#bytes -= entry.bytes;
    }
    await rm(this.#path(entry.file), { force: true }).catch(() => {});
  }

  #path(file: string): string {
    return join(this.#options.folder, file);
  }
}
