/** Keeps the texts of a language model by a hash of the prompt: in memory and, with a folder, in <folder>/<hash>.txt. */
import { readFile } from 'node:fs/promises';
import { DiskCache } from '../home/disk-cache.ts';

/** characters; a longer file was not written by this cache */
const MAX_LENGTH = 20_000;

export class TextCache {
  /** least recently used first */
  readonly #memory = new Map<string, string>();

  private constructor(
    private readonly limit: number,
    private readonly disk: DiskCache | null,
  ) {}

  /**
   * @param limit texts; the least recently used are dropped
   * @param folder null = memory only
   */
  static async open(
    limit: number,
    folder: string | null = null,
    now: () => number = Date.now,
  ): Promise<TextCache> {
    if (folder === null) return new TextCache(limit, null);
    const keyOf = (file: string) => /^([0-9a-f]{64})\.txt$/.exec(file)?.[1] ?? null;
    const disk = await DiskCache.open({ folder, limitEntries: limit, keyOf, now });
    return new TextCache(limit, disk);
  }

  get size(): number {
    return this.disk?.size ?? this.#memory.size;
  }

  async get(key: string): Promise<string | null> {
    const known = this.#memory.get(key);
    if (known !== undefined) await this.disk?.touch(key);
    const text = known ?? (await this.disk?.read(key, readText)) ?? null;
    if (text !== null) this.#remember(key, text);
    return text;
  }

  /** When the folder cannot be written to, the text is kept in memory only. */
  async set(key: string, text: string): Promise<void> {
    this.#remember(key, text);
    await this.disk?.put(key, `${key}.txt`, text).catch(() => {});
  }

  #remember(key: string, text: string): void {
    this.#memory.delete(key);
    this.#memory.set(key, text);
    if (this.#memory.size <= this.limit) return;
    const [oldest] = this.#memory.keys();
    this.#memory.delete(oldest);
  }
}

async function readText(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text === '' || text.length > MAX_LENGTH ? null : text;
}
