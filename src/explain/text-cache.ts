/** Texts that a model has written, by what it was asked: so many of them, in memory and, if wanted, in a folder. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^([0-9a-f]{64})\.txt$/;
/** A file with more is none of ours. */
const MOST_BYTES = 20_000;

export class TextCache {
  readonly #most: number;
  readonly #folder: string | null;
  /** oldest first; null = only in the folder so far */
  readonly #texts = new Map<string, string | null>();

  private constructor(most: number, folder: string | null) {
    this.#most = most;
    this.#folder = folder;
  }

  /** @param folder null = memory only; what is in it from before is known again */
  static async open(most: number, folder: string | null = null): Promise<TextCache> {
    const cache = new TextCache(most, folder);
    if (folder !== null) await cache.#readFolder(folder);
    return cache;
  }

  get size(): number {
    return this.#texts.size;
  }

  async get(key: string): Promise<string | null> {
    const known = this.#texts.get(key);
    if (known === undefined) return null;
    const text = known ?? (await this.#read(key));
    this.#texts.delete(key);
    if (text === null) return null;
    this.#texts.set(key, text);
    await this.#noteUse(key);
    return text;
  }

  /** A folder that cannot be written to costs only the memory of it. */
  async set(key: string, text: string): Promise<void> {
    if (this.#most === 0) return;
    this.#texts.delete(key);
    this.#texts.set(key, text);
    if (this.#folder !== null) await this.#write(this.#folder, key, text).catch(() => {});
    await this.#shrink();
  }

  async #shrink(): Promise<void> {
    for (const key of this.#texts.keys()) {
      if (this.#texts.size <= this.#most) return;
      this.#texts.delete(key);
      if (this.#folder !== null)
        await rm(pathOf(this.#folder, key), { force: true }).catch(() => {});
    }
  }

  async #read(key: string): Promise<string | null> {
    if (this.#folder === null) return null;
    const text = await readFile(pathOf(this.#folder, key), 'utf8').catch(() => '');
    return text === '' || text.length > MOST_BYTES ? null : text;
  }

  /** So that after a restart, too, those asked for longest ago go first. */
  async #noteUse(key: string): Promise<void> {
    if (this.#folder === null) return;
    const now = new Date();
    await utimes(pathOf(this.#folder, key), now, now).catch(() => {});
  }

  async #write(folder: string, key: string, text: string): Promise<void> {
    const path = pathOf(folder, key);
    // Two visitors may have asked for the same.
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      await writeFile(temporary, text);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  }

  async #readFolder(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const found: { key: string; at: number }[] = [];
    for (const name of await readdir(folder)) {
      const key = NAME.exec(name)?.[1];
      if (key) found.push({ key, at: (await stat(join(folder, name))).mtimeMs });
    }
    found.sort((a, b) => a.at - b.at);
    for (const { key } of found) this.#texts.set(key, null);
    await this.#shrink();
  }
}

function pathOf(folder: string, key: string): string {
  return join(folder, `${key}.txt`);
}
