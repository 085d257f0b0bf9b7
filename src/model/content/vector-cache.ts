/**
 * Vectors of texts, by the texts' SHA-256, so that each text is encoded once:
 *
 *   <folder>/<name>.safetensors      hashes (n × 32 bytes), vectors (n × dimensions)
 *
 * Files are only added, so several processes may write at once, and an interrupted one keeps what it has written.
 */
import { createHash } from 'node:crypto';
import { DiskCache } from '../../home/disk-cache.ts';
import { SafetensorsFile, writeSafetensors } from '../../home/safetensors.ts';
import { NO_PROGRESS, type Progress } from '../../progress.ts';

const HASH_BYTES = 32;
const FORMAT = 'osusume-text-vectors-1';

export class VectorCache {
  readonly #vectors = new Map<string, Float32Array>();

  /** @param files null: in memory only */
  private constructor(private readonly files: DiskCache | null) {}

  /** Removes damaged files: their texts are encoded again. */
  static async open(folder: string | null, progress: Progress = NO_PROGRESS): Promise<VectorCache> {
    if (folder === null) return new VectorCache(null);
    const keyOf = (file: string) => (file.endsWith('.safetensors') ? file : null);
    const files = await DiskCache.open({ folder, keyOf });
    const cache = new VectorCache(files);
    for (const file of files.keys().sort())
      await files.read(file, (path) => cache.#load(path, progress));
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
    const sha256 = checksum(hashes, vectors);
    const dimensions = vectors.length / texts.length;
    const file = `${sha256.slice(0, 24)}.safetensors`;
    await this.files?.put(file, file, (path) =>
      writeSafetensors(
        path,
        {
          vectors: { shape: [texts.length, dimensions], data: vectors },
          hashes: { shape: [texts.length, HASH_BYTES], data: hashes },
        },
        { format: FORMAT, sha256 },
      ),
    );
    this.#take(hashes, vectors, dimensions);
  }

  /** @returns null when the file is damaged */
  async #load(path: string, progress: Progress): Promise<true | null> {
    try {
      await this.#read(path);
      return true;
    } catch (error) {
      // A failure of the system, e.g. too many open files, says nothing about this file.
      if (typeof (error as NodeJS.ErrnoException).syscall === 'string') throw error;
      progress.note(`${(error as Error).message}. It is removed, its texts are encoded again`);
      return null;
    }
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

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function checksum(hashes: Uint8Array, vectors: Float32Array): string {
  const bytes = new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  return createHash('sha256').update(hashes).update(bytes).digest('hex');
}
