/** The titles whose posters need to be fetched. The latest requested come first; those no longer requested are dropped. */
import type { Clock } from './clock.ts';

export interface QueuedTitle {
  readonly animeId: number;
  askedAt: number;
  /** a request for it is running */
  isRunning: boolean;
  /** address of the picture, and the source that gave it; null = not known yet */
  found: { readonly address: string; readonly by: string } | null;
  /** sources not to be asked again */
  readonly ruledOut: Set<string>;
  /** failures by what was tried: a source, or the download of its picture */
  readonly failures: Map<string, number>;
  /** a failure was temporary: a poster may be found later */
  mayExist: boolean;
}

export interface QueueOptions {
  readonly clock: Clock;
  /** default 600; beyond it the title asked for longest ago is dropped */
  readonly limit?: number;
  /** default 90,000; a title not asked for again within is dropped */
  readonly maxAgeMs?: number;
}

export class PosterQueue {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #maxAgeMs: number;
  /** asked for longest ago first */
  readonly #titles = new Map<number, QueuedTitle>();

  constructor({ clock, limit = 600, maxAgeMs = 90_000 }: QueueOptions) {
    this.#clock = clock;
    this.#limit = limit;
    this.#maxAgeMs = maxAgeMs;
  }

  get size(): number {
    return this.#titles.size;
  }

  /** The first title has the highest priority. */
  ask(animeIds: readonly number[]): void {
    const now = this.#clock.now();
    for (const animeId of [...animeIds].reverse()) {
      const title = this.#titles.get(animeId) ?? queued(animeId);
      title.askedAt = now;
      this.#titles.delete(animeId);
      this.#titles.set(animeId, title);
    }
    this.#dropStale(now);
  }

  /** Marks up to `limit` titles that `suits` accepts as running, last asked first. */
  take(limit: number, suits: (title: QueuedTitle) => boolean): QueuedTitle[] {
    this.#dropStale(this.#clock.now());
    const taken: QueuedTitle[] = [];
    for (const title of [...this.#titles.values()].reverse()) {
      if (taken.length === limit) break;
      if (!title.isRunning && suits(title)) taken.push(title);
    }
    for (const title of taken) title.isRunning = true;
    return taken;
  }

  some(suits: (title: QueuedTitle) => boolean): boolean {
    for (const title of this.#titles.values()) if (!title.isRunning && suits(title)) return true;
    return false;
  }

  /** Its poster has been fetched, or cannot be. */
  remove({ animeId }: QueuedTitle): void {
    this.#titles.delete(animeId);
  }

  #dropStale(now: number): void {
    let tooMany = this.#titles.size - this.#limit;
    for (const title of this.#titles.values()) {
      if (title.isRunning) continue;
      if (tooMany-- <= 0 && now - title.askedAt <= this.#maxAgeMs) return;
      this.#titles.delete(title.animeId);
    }
  }
}

function queued(animeId: number): QueuedTitle {
  return {
    animeId,
    askedAt: 0,
    isRunning: false,
    found: null,
    ruledOut: new Set(),
    failures: new Map(),
    mayExist: false,
  };
}
