/**
 * Posters on disk, the least recently used making room for new ones.
 *
 *   <folder>/<animeId>-<first 16 digits of the SHA-256>.<jpg|png|webp|avif>
 *   <folder>/<animeId>.none      a title that has no poster, as far as could be found out
 *
 * A file's modification time says when it was fetched, its access time when it was last used. A file appears by rename,
 * and one whose bytes are not those of its name is dropped when it is read.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { EXTENSIONS, type Picture, type PictureType } from './picture.ts';

export interface KeptPicture extends Picture {
  /** tells one picture from another, for an ETag */
  readonly tag: string;
}

export interface PosterCacheOptions {
  readonly folder: string;
  readonly limitBytes: number;
  readonly clock: Clock;
}

interface Entry {
  readonly file: string;
  readonly type: PictureType;
  readonly tag: string;
  readonly bytes: number;
  readonly fetchedAt: number;
  usedAt: number;
}

const DAY = 86_400_000;
/** Then it is looked for anew. */
const NONE_HOLDS = 7 * DAY;
/** A picture this old is still shown, and fetched again. */
const FRESH_FOR = 90 * DAY;
/** Use is written down this often at most. */
const NOTE_USE = 60_000;
/** A partial file this old belongs to nobody. */
const LEFTOVER = 10 * 60_000;
const PICTURE_FILE = /^(\d{1,10})-([0-9a-f]{16})\.(jpg|png|webp|avif)$/;
const NONE_FILE = /^(\d{1,10})\.none$/;
const TYPES = new Map(
  Object.entries(EXTENSIONS).map(([type, extension]) => [extension, type as PictureType]),
);

export class PosterCache {
  readonly #options: PosterCacheOptions;
  /** least recently used first */
  readonly #entries = new Map<number, Entry>();
  readonly #none = new Map<number, number>();
  #bytes = 0;

  private constructor(options: PosterCacheOptions) {
    this.#options = options;
  }

  /** @throws when the folder cannot be made or read */
  static async open(options: PosterCacheOptions): Promise<PosterCache> {
    const cache = new PosterCache(options);
    await mkdir(options.folder, { recursive: true });
    await cache.#readFolder();
    await cache.#makeRoom();
    return cache;
  }

  /** of all pictures together */
  get bytes(): number {
    return this.#bytes;
  }

  /** 'old' = there, but worth fetching again */
  state(animeId: number): 'fresh' | 'old' | 'none' | 'unknown' {
    const now = this.#options.clock.now();
    const entry = this.#entries.get(animeId);
    if (entry) return now - entry.fetchedAt < FRESH_FOR ? 'fresh' : 'old';
    const foundOut = this.#none.get(animeId);
    return foundOut !== undefined && now - foundOut < NONE_HOLDS ? 'none' : 'unknown';
  }

  /** Null when there is none, or none that is whole. */
  async read(animeId: number): Promise<KeptPicture | null> {
    const entry = this.#entries.get(animeId);
    if (!entry) return null;
    const bytes = await readFile(this.#path(entry.file)).catch(() => null);
    if (bytes === null || tagOf(bytes) !== entry.tag) {
      if (this.#entries.get(animeId) === entry) await this.#drop(animeId, entry);
      return null;
    }
    await this.#noteUse(animeId, entry);
    return { type: entry.type, bytes, tag: entry.tag };
  }

  /** @throws when it cannot be written */
  async put(animeId: number, { type, bytes }: Picture): Promise<void> {
    const tag = tagOf(bytes);
    const file = `${animeId}-${tag}.${EXTENSIONS[type]}`;
    const now = this.#options.clock.now();
    await this.#write(file, bytes, now);
    const before = this.#entries.get(animeId);
    if (before && before.file !== file) await this.#drop(animeId, before);
    await this.#dropNone(animeId);
    this.#add(animeId, { file, type, tag, bytes: bytes.length, fetchedAt: now, usedAt: now });
    await this.#makeRoom();
  }

  /** @throws when it cannot be written */
  async putNone(animeId: number): Promise<void> {
    const now = this.#options.clock.now();
    await this.#write(`${animeId}.none`, Buffer.alloc(0), now);
    this.#none.set(animeId, now);
  }

  async #readFolder(): Promise<void> {
    const { folder, clock } = this.#options;
    const found: [animeId: number, entry: Entry][] = [];
    const read = async (file: string) => {
      const about = await stat(this.#path(file)).catch(() => null);
      if (!about?.isFile()) return;
      const fetchedAt = about.mtimeMs;
      const none = NONE_FILE.exec(file);
      if (none) this.#none.set(Number(none[1]), fetchedAt);
      const picture = PICTURE_FILE.exec(file);
      if (picture) {
        const [, animeId, tag, extension] = picture;
        const type = TYPES.get(extension as 'jpg') ?? 'image/jpeg';
        const usedAt = Math.max(about.atimeMs, fetchedAt);
        found.push([Number(animeId), { file, type, tag, bytes: about.size, fetchedAt, usedAt }]);
      }
      if (file.startsWith('.partial-') && clock.now() - fetchedAt > LEFTOVER)
        await rm(this.#path(file), { force: true });
    };
    await Promise.all((await readdir(folder)).map(read));
    found.sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [animeId, entry] of found) {
      const other = this.#entries.get(animeId);
      if (other) await this.#drop(animeId, other);
      this.#add(animeId, entry);
    }
  }

  async #write(file: string, bytes: Buffer, now: number): Promise<void> {
    const partial = this.#path(`.partial-${process.pid}-${randomBytes(6).toString('hex')}`);
    try {
      await writeFile(partial, bytes, { flush: true });
      await utimes(partial, now / 1000, now / 1000);
      await rename(partial, this.#path(file));
    } catch (error) {
      await rm(partial, { force: true }).catch(() => {});
      throw error;
    }
  }

  #add(animeId: number, entry: Entry): void {
    this.#bytes += entry.bytes - (this.#entries.get(animeId)?.bytes ?? 0);
    this.#entries.delete(animeId);
    this.#entries.set(animeId, entry);
  }

  async #noteUse(animeId: number, entry: Entry): Promise<void> {
    if (this.#entries.get(animeId) !== entry) return;
    this.#add(animeId, entry);
    const now = this.#options.clock.now();
    if (now - entry.usedAt < NOTE_USE) return;
    entry.usedAt = now;
    // A disk that became read-only still serves.
    await utimes(this.#path(entry.file), now / 1000, entry.fetchedAt / 1000).catch(() => {});
  }

  async #makeRoom(): Promise<void> {
    for (const [animeId, entry] of this.#entries) {
      if (this.#bytes <= this.#options.limitBytes) return;
      await this.#drop(animeId, entry);
    }
  }

  async #drop(animeId: number, entry: Entry): Promise<void> {
    if (this.#entries.get(animeId) === entry) {
      this.#entries.delete(animeId);
      this.#bytes -= entry.bytes;
    }
    await rm(this.#path(entry.file), { force: true }).catch(() => {});
  }

  async #dropNone(animeId: number): Promise<void> {
    if (!this.#none.delete(animeId)) return;
    await rm(this.#path(`${animeId}.none`), { force: true }).catch(() => {});
  }

  #path(file: string): string {
    return join(this.#options.folder, file);
  }
}

function tagOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
