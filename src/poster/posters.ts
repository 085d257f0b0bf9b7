/**
 * Posters by title: from the disk where they are, otherwise fetched behind while the asker goes on. An address comes
 * from the first source that is free and knows the title, the picture from the address; each title is worked on once,
 * however many ask.
 */
import { HttpError } from '../net/http-error.ts';
import type { AddressSource } from './address-source.ts';
import type { CachedPicture, PosterCache } from './cache.ts';
import type { Clock } from './clock.ts';
import { download, type Origins, upstreamOf } from './download.ts';
import { isFault } from './upstream.ts';
import { Wanted, type Wish } from './wanted.ts';

/** ready = it can be read; coming = ask again; none = there is none, or none can be had for now */
export type PosterState = 'ready' | 'coming' | 'none';

export interface Posters {
  /** What is so now, title by title; the first that is not here is fetched first. */
  ask(animeIds: readonly number[]): PosterState[];
  /** Null unless it is ready. */
  read(animeId: number): Promise<CachedPicture | null>;
  /** Breaks off what is under way. */
  close(): Promise<void>;
}

export interface PosterServiceOptions {
  readonly cache: PosterCache;
  /** in the order in which they are asked */
  readonly sources: readonly AddressSource[];
  readonly origins: Origins;
  readonly clock: Clock;
  readonly report: (line: string) => void;
}

/** A source that failed so often on one title is not asked for it again. */
const TRIES = 2;
/** A title on which everything failed is left alone for so long. */
const LATER = 10 * 60_000;

export class PosterService implements Posters {
  readonly #options: PosterServiceOptions;
  readonly #wanted: Wanted;
  /** until when a title on which everything failed is left alone */
  readonly #later = new Map<number, number>();
  readonly #work = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #takeBackTimer: () => void = () => {};
  #diskFailed = false;

  constructor(options: PosterServiceOptions) {
    this.#options = options;
    this.#wanted = new Wanted({ clock: options.clock });
  }

  ask(animeIds: readonly number[]): PosterState[] {
    const wanted: number[] = [];
    const states = animeIds.map((animeId): PosterState => {
      const state = this.#options.cache.state(animeId);
      if (state === 'none' || state === 'fresh') return state === 'none' ? 'none' : 'ready';
      if (this.#isLeftAlone(animeId)) return state === 'old' ? 'ready' : 'none';
      wanted.push(animeId);
      return state === 'old' ? 'ready' : 'coming';
    });
    if (wanted.length > 0) {
      this.#wanted.ask(wanted);
      this.#go();
    }
    return states;
  }

  read(animeId: number): Promise<CachedPicture | null> {
    return this.#options.cache.read(animeId);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#takeBackTimer();
    await Promise.all(this.#work);
  }

  /** Begins everything that may begin now, and comes back when more may. */
  #go(): void {
    if (this.#closing.signal.aborted) return;
    this.#takeBackTimer();
    for (let [wish] = this.#download(); wish; [wish] = this.#download()) this.#fetch(wish);
    for (const source of this.#options.sources) {
      while (source.upstream.wait === 0) {
        const wishes = this.#wanted.take(source.batch, (wish) => isFor(source, wish));
        if (wishes.length === 0) break;
        this.#find(source, wishes);
      }
    }
    const wait = this.#nextIn();
    if (Number.isFinite(wait))
      this.#takeBackTimer = this.#options.clock.after(Math.ceil(wait), () => this.#go());
  }

  #download(): Wish[] {
    return this.#wanted.take(1, (wish) => this.#hostOf(wish)?.wait === 0);
  }

  /** Milliseconds until something that is wanted may begin; Infinity = when something under way has ended. */
  #nextIn(): number {
    const { sources, origins } = this.#options;
    const waits = [
      ...sources
        .filter((source) => this.#wanted.some((wish) => isFor(source, wish)))
        .map(({ upstream }) => upstream.wait),
      ...[...origins.values()]
        .filter((host) => this.#wanted.some((wish) => this.#hostOf(wish) === host))
        .map(({ wait }) => wait),
    ];
    return Math.min(...waits, Number.POSITIVE_INFINITY);
  }

  /** Where a found picture would be fetched from. */
  #hostOf({ found }: Wish) {
    return found && upstreamOf(found.address, this.#options.origins);
  }

  #find(source: AddressSource, wishes: readonly Wish[]): void {
    const ids = wishes.map(({ animeId }) => animeId);
    this.#begin(wishes, async (signal) => {
      try {
        const addresses = await source.find(ids, signal);
        for (const wish of wishes) this.#found(wish, source.name, addresses.get(wish.animeId));
      } catch (error) {
        for (const wish of wishes) this.#failed(wish, source.name, source.name, error);
      }
    });
  }

  #fetch(wish: Wish): void {
    this.#begin([wish], async (signal) => {
      const { address, by } = wish.found ?? { address: '', by: '' };
      try {
        const picture = await download(address, this.#options.origins, signal);
        await this.#keep(wish, () => this.#options.cache.put(wish.animeId, picture));
      } catch (error) {
        this.#failed(wish, by, `a picture by ${by}`, error);
      }
    });
  }

  /** @param work ends with each wish removed, or fit to be taken again */
  #begin(wishes: readonly Wish[], work: (signal: AbortSignal) => Promise<void>): void {
    const { signal } = this.#closing;
    const done = work(signal)
      .then(() => Promise.all(wishes.map((wish) => this.#settle(wish))))
      .catch((error) => this.#options.report(`Posters: ${(error as Error).message}`))
      .then(() => {
        for (const wish of wishes) wish.inHand = false;
        this.#work.delete(done);
        this.#go();
      });
    this.#work.add(done);
  }

  #found(wish: Wish, by: string, address: string | undefined): void {
    if (address === undefined) return void wish.done.add(by);
    try {
      upstreamOf(address, this.#options.origins);
      wish.found = { address, by };
    } catch {
      wish.done.add(by);
    }
  }

  /** @param what was tried: the same thing is tried only so often */
  #failed(wish: Wish, by: string, what: string, error: unknown): void {
    if (this.#closing.signal.aborted) return;
    if (!(error instanceof HttpError)) throw error;
    // A source that is away or busy says nothing about the title, which waits for it or for another source. When the
    // host of a picture is away, another source may know another host.
    const isAway = error.failure === 'unreachable' || error.failure === 'slow';
    if (error.failure === 'busy' || (isAway && what === by)) return;
    const isSettled = !isFault(error);
    const tries = (wish.tries.get(what) ?? 0) + 1;
    wish.tries.set(what, tries);
    if (!isSettled && tries < TRIES) return;
    wish.done.add(by);
    wish.found = null;
    wish.uncertain ||= !isSettled;
  }

  /** A wish that no source can fulfil is given up, for a while or for longer. */
  async #settle(wish: Wish): Promise<void> {
    const { cache, sources } = this.#options;
    if (wish.found || sources.some(({ name }) => !wish.done.has(name))) return;
    const hasOld = cache.state(wish.animeId) === 'old';
    if (wish.uncertain || hasOld) return this.#leaveAlone(wish);
    await this.#keep(wish, () => cache.putNone(wish.animeId));
  }

  async #keep(wish: Wish, write: () => Promise<void>): Promise<void> {
    try {
      await write();
      this.#wanted.remove(wish);
      this.#diskFailed = false;
    } catch (error) {
      this.#leaveAlone(wish);
      if (!this.#diskFailed)
        this.#options.report(`Posters: cannot be kept on disk (${(error as Error).message})`);
      this.#diskFailed = true;
    }
  }

  #leaveAlone(wish: Wish): void {
    this.#later.set(wish.animeId, this.#options.clock.now() + LATER);
    this.#wanted.remove(wish);
  }

  #isLeftAlone(animeId: number): boolean {
    const until = this.#later.get(animeId);
    if (until === undefined) return false;
    if (this.#options.clock.now() < until) return true;
    this.#later.delete(animeId);
    return false;
  }
}

function isFor(source: AddressSource, { found, done }: Wish): boolean {
  return found === null && !done.has(source.name);
}
