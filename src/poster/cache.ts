/**
 * Posters on disk.
 *
 *   <folder>/<animeId>-<first 16 digits of the SHA-256>.<jpg|png|webp|avif>
 *   <folder>/<animeId>.none      no source has a poster of this title
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DiskCache } from '../home/disk-cache.ts';
import type { Clock } from './clock.ts';
import { EXTENSIONS, type Picture, type PictureType } from './picture.ts';

export interface CachedPicture extends Picture {
  /** differs between pictures; for an ETag */
  readonly tag: string;
}

export interface PosterCacheOptions {
  readonly folder: string;
  readonly limitBytes: number;
  readonly clock: Clock;
}

const DAY = 86_400_000;
/** Then it is looked for again. */
const NONE_HOLDS = 7 * DAY;
/** An older picture is still shown, and fetched again. */
const FRESH_FOR = 90 * DAY;
const FILE = /^(\d{1,10})(?:\.none|-([0-9a-f]{16})\.(jpg|png|webp|avif))$/;
const TYPES = new Map<string, PictureType>(
  Object.entries(EXTENSIONS).map(([type, extension]) => [extension, type as PictureType]),
);

export class PosterCache {
  private constructor(
    private readonly files: DiskCache,
    private readonly clock: Clock,
  ) {}

  /** @throws when the folder cannot be created or read */
  static async open({ folder, limitBytes, clock }: PosterCacheOptions): Promise<PosterCache> {
    const keyOf = (file: string) => FILE.exec(file)?.[1] ?? null;
    const files = await DiskCache.open({ folder, limitBytes, keyOf, now: () => clock.now() });
    return new PosterCache(files, clock);
  }

  /** of all pictures together */
  get bytes(): number {
    return this.files.bytes;
  }

  /** 'old' = it can be read, and should be fetched again */
  state(animeId: number): 'fresh' | 'old' | 'none' | 'unknown' {
    const entry = this.files.get(String(animeId));
    if (!entry) return 'unknown';
    const age = this.clock.now() - entry.writtenAt;
    if (isNone(entry.file)) return age < NONE_HOLDS ? 'none' : 'unknown';
    return age < FRESH_FOR ? 'fresh' : 'old';
  }

  /** Null when there is none, or only a damaged one. */
  async read(animeId: number): Promise<CachedPicture | null> {
    const { file = '.none' } = this.files.get(String(animeId)) ?? {};
    if (isNone(file)) return null;
    const [, , tag, extension] = FILE.exec(file) as RegExpExecArray;
    return this.files.read(String(animeId), async (path) => {
      const bytes = await readFile(path).catch(() => null);
      if (bytes === null || tagOf(bytes) !== tag) return null;
      return { type: TYPES.get(extension) as PictureType, bytes, tag };
    });
  }

  /** @throws when it cannot be written */
  async put(animeId: number, { type, bytes }: Picture): Promise<void> {
    const file = `${animeId}-${tagOf(bytes)}.${EXTENSIONS[type]}`;
    await this.files.put(String(animeId), file, bytes);
  }

  /** @throws when it cannot be written */
  async putNone(animeId: number): Promise<void> {
    await this.files.put(String(animeId), `${animeId}.none`, '');
  }
}

function isNone(file: string): boolean {
  return file.endsWith('.none');
}

function tagOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
