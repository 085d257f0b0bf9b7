/**
 * Posters by title: from the disk, or else fetched in the background. The first source that is free and knows the title
 * gives the address, from which the picture is downloaded. A title is fetched once, however many requests ask for it.
 */
import { HttpError } from '../net/http-error.ts';
import type { Meter } from '../watch/meter.ts';
import type { AddressSource } from './address-source.ts';
import type { CachedPicture, PosterCache } from './cache.ts';
import type { Clock } from './clock.ts';
import { download, type Origins, upstreamOf } from './download.ts';
import { PosterQueue, type QueuedTitle } from './poster-queue.ts';
import { isFault } from './upstream.ts';

/** ready = it can be read; coming = it is being fetched, ask again; none = there is none, or not for now */
export type PosterState = 'ready' | 'coming' | 'none';

export interface Posters {
  /** The present state of each title. Missing posters are fetched, the first title first. */
  ask(animeIds: readonly number[]): PosterState[];
  /** Null unless it is ready. */
  read(animeId: number): Promise<CachedPicture | null>;
  /** Aborts the requests that are running. */
  close(): Promise<void>;
}

export interface PosterServiceOptions {
  readonly cache: PosterCache;
  /** in the order in which they are asked */
  readonly sources: readonly AddressSource[];
  readonly origins: Origins;
  readonly clock: Clock;
  /** called for each poster that was looked for in the cache */
  readonly meter?: Meter;
  readonly report: (line: string) => void;
}

/** A source that has failed this often on a title is not asked for it again. */
const MAX_FAILURES = 2;
/** Milliseconds until a title on which all sources failed is tried again. */
const RETRY_AFTER = 10 * 60_000;

export class PosterService implements Posters {
  readonly #options: PosterServiceOptions;
  readonly #queue: PosterQueue;
  /** when a title on which all sources failed may be tried again */
  readonly #retryAt = new Map<number, number>();
  readonly #work = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #cancelTimer: () => void = () => {};
  #diskFailed = false;

  constructor(options: PosterServiceOptions) {
    this.#options = options;
    this.#queue = new PosterQueue({ clock: options.clock });
  }

  ask(animeIds: readonly number[]): PosterState[] {
    const missing: number[] = [];
    const states = animeIds.map((animeId): PosterState => {
      const state = this.#options.cache.state(animeId);
      this.#options.meter?.cache('posters', state !== 'unknown');
      if (state === 'none' || state === 'fresh') return state === 'none' ? 'none' : 'ready';
      if (this.#mustWait(animeId)) return state === 'old' ? 'ready' : 'none';
      missing.push(animeId);
      return state === 'old' ? 'ready' : 'coming';
    });
    if (missing.length > 0) {
      this.#queue.ask(missing);
      this.#startRequests();
    }
    return states;
  }

  read(animeId: number): Promise<CachedPicture | null> {
    return this.#options.cache.read(animeId);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelTimer();
    await Promise.all(this.#work);
  }

  /** Starts every request that may start now, and sets a timer for the next. */
  #startRequests(): void {
    if (this.#closing.signal.aborted) return;
    this.#cancelTimer();
    for (let [title] = this.#takeDownload(); title; [title] = this.#takeDownload())
      this.#fetch(title);
    for (const source of this.#options.sources) {
      while (source.upstream.wait === 0) {
        const titles = this.#queue.take(source.batch, (title) => isFor(source, title));
        if (titles.length === 0) break;
        this.#find(source, titles);
      }
    }
    const wait = this.#waitForNext();
    if (Number.isFinite(wait))
      this.#cancelTimer = this.#options.clock.after(Math.ceil(wait), () => this.#startRequests());
  }

  #takeDownload(): QueuedTitle[] {
    return this.#queue.take(1, (title) => this.#hostOf(title)?.wait === 0);
  }

  /** Milliseconds until the next request may start; Infinity = when one of the present ones has ended. */
  #waitForNext(): number {
    const { sources, origins } = this.#options;
    const waits = [
      ...sources
        .filter((source) => this.#queue.some((title) => isFor(source, title)))
        .map(({ upstream }) => upstream.wait),
      ...[...origins.values()]
        .filter((host) => this.#queue.some((title) => this.#hostOf(title) === host))
        .map(({ wait }) => wait),
    ];
    return Math.min(...waits, Number.POSITIVE_INFINITY);
  }

  /** The host of a picture whose address is known. */
  #hostOf({ found }: QueuedTitle) {
    return found && upstreamOf(found.address, this.#options.origins);
  }

  #find(source: AddressSource, titles: readonly QueuedTitle[]): void {
    const ids = titles.map(({ animeId }) => animeId);
    this.#run(titles, async (signal) => {
      try {
        const addresses = await source.find(ids, signal);
        for (const title of titles) this.#found(title, source.name, addresses.get(title.animeId));
      } catch (error) {
        for (const title of titles) this.#failed(title, source.name, source.name, error);
      }
    });
  }

  #fetch(title: QueuedTitle): void {
    this.#run([title], async (signal) => {
      const { address, by } = title.found ?? { address: '', by: '' };
      try {
        const picture = await download(address, this.#options.origins, signal);
        await this.#keep(title, () => this.#options.cache.put(title.animeId, picture));
      } catch (error) {
        this.#failed(title, by, `a picture by ${by}`, error);
      }
    });
  }

  /** @param work leaves each title removed, or ready to be taken again */
  #run(titles: readonly QueuedTitle[], work: (signal: AbortSignal) => Promise<void>): void {
    const { signal } = this.#closing;
    const done = work(signal)
      .then(() => Promise.all(titles.map((title) => this.#settle(title))))
      .catch((error) => this.#options.report(`Posters: ${(error as Error).message}`))
      .then(() => {
        for (const title of titles) title.isRunning = false;
        this.#work.delete(done);
        this.#startRequests();
      });
    this.#work.add(done);
  }

  #found(title: QueuedTitle, by: string, address: string | undefined): void {
    if (address === undefined) return void title.ruledOut.add(by);
    try {
      upstreamOf(address, this.#options.origins);
      title.found = { address, by };
    } catch {
      title.ruledOut.add(by);
    }
  }

  /** @param what was tried; its failures are counted */
  #failed(title: QueuedTitle, by: string, what: string, error: unknown): void {
    if (this.#closing.signal.aborted) return;
    if (!(error instanceof HttpError)) throw error;
    // A source that is away or busy says nothing about the title, which waits for it or for another source. When the
    // host of a picture is away, another source may know another host.
    const isAway = error.failure === 'unreachable' || error.failure === 'slow';
    if (error.failure === 'busy' || (isAway && what === by)) return;
    const isSettled = !isFault(error);
    const failures = (title.failures.get(what) ?? 0) + 1;
    title.failures.set(what, failures);
    if (!isSettled && failures < MAX_FAILURES) return;
    title.ruledOut.add(by);
    title.found = null;
    title.mayExist ||= !isSettled;
  }

  /** Gives up a title once no source is left for it: for a while, or for as long as "none" holds. */
  async #settle(title: QueuedTitle): Promise<void> {
    const { cache, sources } = this.#options;
    if (title.found || sources.some(({ name }) => !title.ruledOut.has(name))) return;
    const hasOld = cache.state(title.animeId) === 'old';
    if (title.mayExist || hasOld) return this.#retryLater(title);
    await this.#keep(title, () => cache.putNone(title.animeId));
  }

  async #keep(title: QueuedTitle, write: () => Promise<void>): Promise<void> {
    try {
      await write();
      this.#queue.remove(title);
      this.#diskFailed = false;
    } catch (error) {
      this.#retryLater(title);
      if (!this.#diskFailed)
        this.#options.report(`Posters: cannot be kept on disk (${(error as Error).message})`);
      this.#diskFailed = true;
    }
  }

  #retryLater(title: QueuedTitle): void {
    this.#retryAt.set(title.animeId, this.#options.clock.now() + RETRY_AFTER);
    this.#queue.remove(title);
  }

  #mustWait(animeId: number): boolean {
    const until = this.#retryAt.get(animeId);
    if (until === undefined) return false;
    if (this.#options.clock.now() < until) return true;
    this.#retryAt.delete(animeId);
    return false;
  }
}

function isFor(source: AddressSource, { found, ruledOut }: QueuedTitle): boolean {
  return found === null && !ruledOut.has(source.name);
}
