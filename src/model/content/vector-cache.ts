/**
 * Vectors of texts, kept on disk by the texts' SHA-256, so that a text is encoded once:
 *
 *   <folder>/<name>.safetensors      hashes (n × 32), vectors (n × dimensions)
 *
 * Files are only ever added, each under a temporary name first, so that an interrupted writer leaves what it had kept
 * before and several may write at once. A damaged file, and what a killed writer left, is removed.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { flush } from '../../home/artefact.ts';
import { isHeld } from '../../home/pid-lock.ts';
import { SafetensorsFile, writeSafetensors } from '../../home/safetensors.ts';
import { NO_PROGRESS, type Progress } from '../../progress.ts';

const HASH_BYTES = 32;
const FORMAT = 'osusume-text-vectors-1';

export class VectorCache {
  readonly #vectors = new Map<string, Float32Array>();

  /** @param folder null: in memory only */
  private constructor(private readonly folder: string | null) {}

  static async open(folder: string | null, progress: Progress = NO_PROGRESS): Promise<VectorCache> {
    const cache = new VectorCache(folder);
    if (folder === null) return cache;
    await mkdir(folder, { recursive: true });
    for (const name of (await readdir(folder)).sort()) {
      const writer = /^\.partial-(\d+)-/.exec(name)?.[1];
      if (writer && !(await isHeld(join(folder, name), Number(writer))))
        await rm(join(folder, name), { force: true });
      if (!name.endsWith('.safetensors')) continue;
      try {
        await cache.#read(join(folder, name));
      } catch (error) {
        // e.g. too many open files: nothing is wrong with this one
        if (typeof (error as NodeJS.ErrnoException).syscall === 'string') throw error;
        progress.note(`${(error as Error).message}. It is removed, its texts are encoded again`);
        await rm(join(folder, name), { force: true });
      }
    }
    return cache;
  }

  /** Length of a vector; 0 as long as there is none. */
  get dimensions(): number {
    return this.#vectors.values().next().value?.length ?? 0;
  }

  has(text: string): boolean {
    return this.#vectors.has(hashOf(text));
  }

  get(text: string): Float32Array | undefined {
    return this.#vectors.get(hashOf(text));
  }

  /** @param vectors of the texts, one after the other; written before this resolves */
  async add(texts: readonly string[], vectors: Float32Array): Promise<void> {
    const hashes = Buffer.concat(texts.map((text) => Buffer.from(hashOf(text), 'hex')));
    if (this.folder !== null) await write(this.folder, hashes, vectors);
    this.#take(hashes, vectors, vectors.length / texts.length);
  }

  async #read(path: string): Promise<void> {
    const file = await SafetensorsFile.open(path);
    try {
      const hashes = await file.read('hashes', Uint8Array);
      const vectors = await file.read('vectors', Float32Array);
      const [rows, dimensions] = file.shape('vectors');
      const whole =
        file.metadata.format === FORMAT &&
        file.metadata.sha256 === checksum(hashes, vectors) &&
        rows * HASH_BYTES === hashes.length &&
        (this.dimensions === 0 || this.dimensions === dimensions);
      if (!whole) throw new Error(`${path} is damaged or of another format`);
      this.#take(hashes, vectors, dimensions);
    } finally {
      await file.close();
    }
  }

  #take(hashes: Uint8Array, vectors: Float32Array, dimensions: number): void {
    for (let row = 0; row * HASH_BYTES < hashes.length; row++) {
      const hash = hashes.subarray(row * HASH_BYTES, (row + 1) * HASH_BYTES);
      const vector = vectors.slice(row * dimensions, (row + 1) * dimensions);
      this.#vectors.set(Buffer.from(hash).toString('hex'), vector);
    }
  }
}

async function write(folder: string, hashes: Uint8Array, vectors: Float32Array): Promise<void> {
  const rows = hashes.length / HASH_BYTES;
  const sha256 = checksum(hashes, vectors);
  const temporary = join(folder, `.partial-${process.pid}-${randomBytes(3).toString('hex')}`);
  try {
    await writeSafetensors(
      temporary,
      {
        vectors: { shape: [rows, vectors.length / rows], data: vectors },
        hashes: { shape: [rows, HASH_BYTES], data: hashes },
      },
      { format: FORMAT, sha256 },
    );
    await flush(temporary);
    await rename(temporary, join(folder, `${sha256.slice(0, 24)}.safetensors`));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function checksum(hashes: Uint8Array, vectors: Float32Array): string {
  const bytes = new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  return createHash('sha256').update(hashes).update(bytes).digest('hex');
}
