/**
 * Follows the pointer of a bucket: fetches the bundle that it names into the home and moves the home's own pointer to it.
 * The server's watch of the home (server/state/bundle-watch.ts) then puts it in use.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { ArtefactError } from '../error.ts';
import type { TrustedKey } from '../home/signature.ts';
import { NO_PROGRESS } from '../progress.ts';
import { parseCloudAddress, showAddress } from './address.ts';
import { type BucketPointer, readBucketPointer } from './bundle-pointer.ts';
import { fetchBundle, HalfThereError } from './fetch-bundle.ts';
import type { ObjectStore } from './object-store.ts';
import { type CloudOptions, openStore } from './open-store.ts';
import { explained } from './storage-error.ts';

export interface FollowOptions {
  readonly home: string;
  /** a gs:// address */
  readonly from: string;
  readonly cloud?: CloudOptions;
  readonly trust?: readonly TrustedKey[];
  /** ms; a new bundle is taken up after a random part of it, so that servers do so one after another; default 0 */
  readonly spreadMs?: number;
  readonly info: (line: string) => void;
  readonly error: (line: string) => void;
  /** a bundle of the bucket was refused */
  readonly onRefused?: () => void;
  /** 0–1 */
  readonly random?: () => number;
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly now?: () => number;
}

/** ms after which a refused bundle is looked at again, doubled each time: it may have been completed. */
const FIRST_RETRY = 30_000;
const LONGEST_RETRY = 300_000;
/** Attempts of a download before the next look; a look is an attempt, too. */
const ATTEMPTS = 3;

interface Refused {
  readonly pointer: BucketPointer;
  readonly times: number;
  /** when it is looked at again */
  readonly until: number;
}

export class BundleFollower {
  readonly #options: FollowOptions;
  #store: ObjectStore | null = null;
  /** the pointer whose bundle the home has */
  #taken: BucketPointer | null = null;
  #refused: Refused | null = null;
  /** the last line about what was found, so that none is logged twice in a row */
  #lastLine = '';
  /** why the last look failed, so that an outage is logged once; null = it did not */
  #cutOff: string | null = null;

  /** @throws UsageError when `from` is no address */
  constructor(options: FollowOptions) {
    parseCloudAddress(options.from);
    this.#options = options;
  }

  /** Looks at once, and takes up what it finds without a pause. Never throws: what the home has is served meanwhile. */
  start(signal: AbortSignal): Promise<void> {
    return this.#look(signal, false);
  }

  /** Looks every `pollMs` until aborted. */
  async run(pollMs: number, signal: AbortSignal): Promise<void> {
    while (await this.#pause(pollMs, signal)) await this.#look(signal, true);
  }

  async #look(signal: AbortSignal, spread: boolean): Promise<void> {
    const { from, info, error } = this.#options;
    try {
      await explained(`Following ${from}`, 'read', () => this.#follow(signal, spread));
      if (this.#cutOff !== null) info(`${from} can be read again`);
      this.#cutOff = null;
    } catch (failure) {
      if (signal.aborted) return;
      const { message } = failure as Error;
      if (message !== this.#cutOff) error(`${message}. The bundle in use stays`);
      this.#cutOff = message;
    }
  }

  async #follow(signal: AbortSignal, spread: boolean): Promise<void> {
    const { from, info, cloud, spreadMs = 0, random = Math.random } = this.#options;
    const address = parseCloudAddress(from);
    this.#store ??= await openStore(address, cloud);
    const store = this.#store;
    let pointer = await readBucketPointer(store, address, signal);
    if (pointer === null)
      return this.#say(`No bundle in ${showAddress(address)} yet: waiting for the first one`, info);
    if (!this.#wants(pointer)) return;
    if (spread && spreadMs > 0) {
      const wait = Math.round(random() * spreadMs);
      info(`Bundle ${pointer.version} is taken up in ${(wait / 1000).toFixed(1)} s`);
      if (!(await this.#pause(wait, signal))) return;
      pointer = await readBucketPointer(store, address, signal);
      if (pointer === null || !this.#wants(pointer)) return;
    }
    await this.#take(store, pointer, signal);
  }

  #wants({ generation }: BucketPointer): boolean {
    const { now = Date.now } = this.#options;
    if (this.#taken?.generation === generation) return false;
    return this.#refused?.pointer.generation !== generation || now() >= this.#refused.until;
  }

  async #take(store: ObjectStore, pointer: BucketPointer, signal: AbortSignal): Promise<void> {
    const { home, from, trust, info } = this.#options;
    const { version } = pointer;
    const address = parseCloudAddress(from);
    const progress = { ...NO_PROGRESS, note: info };
    const options = { home, trust, progress, signal, attempts: ATTEMPTS, keep: 2 };
    try {
      const fetched = await fetchBundle(store, address, pointer, options);
      this.#taken = pointer;
      this.#refused = null;
      this.#lastLine = '';
      info(
        fetched
          ? `Bundle ${version} has been fetched from ${showAddress(address)}`
          : `Bundle ${version}, which ${showAddress(address)} names, is here already`,
      );
    } catch (failure) {
      if (!(failure instanceof ArtefactError)) throw failure;
      this.#refuse(pointer, failure);
    }
  }

  #refuse(pointer: BucketPointer, failure: ArtefactError): void {
    const { from, error, onRefused, now = Date.now } = this.#options;
    const again = this.#refused?.pointer.generation === pointer.generation;
    const times = again ? (this.#refused?.times ?? 0) + 1 : 1;
    const wait = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (times - 1));
    this.#refused = { pointer, times, until: now() + wait };
    if (!again) onRefused?.();
    const why = failure instanceof HalfThereError ? 'is not whole' : 'is refused';
    this.#say(
      `Bundle ${pointer.version} of ${from} ${why}, the one in use stays: ${failure.message}`,
      error,
    );
  }

  #say(line: string, log: (line: string) => void): void {
    if (line !== this.#lastLine) log(line);
    this.#lastLine = line;
  }

  async #pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    const { sleep = (ms, signal) => pause(ms, undefined, { signal }) } = this.#options;
    if (signal.aborted) return false;
    return sleep(milliseconds, signal).then(
      () => true,
      () => false,
    );
  }
}
