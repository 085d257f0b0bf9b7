/** The bundle in use. It can be replaced while requests run: each finishes on the bundle it began with. */
import type { Bundle } from '../../recommend/bundle.ts';
import { Turns } from '../fast-list/batch-scheduler.ts';
import { Problem } from '../http/problem.ts';
import { RecommendedCounts } from './recommended-counts.ts';

interface Held {
  readonly bundle: Bundle;
  users: number;
  retired: boolean;
}

export class CurrentBundle {
  /** what has been recommended, from this bundle and those before it; routes that recommend add to it */
  readonly recommended = new RecommendedCounts();
  /** routes that make a list take one first */
  readonly turns = new Turns();
  #held: Held | null = null;
  readonly #closing = new Set<Promise<void>>();

  /** The version in use; null = none yet. */
  get version(): string | null {
    return this.#held?.bundle.version ?? null;
  }

  /**
   * Runs `work` on the bundle in use; it stays open until `work` has ended.
   * @throws Problem 503 when there is none yet
   */
  async use<T>(work: (bundle: Bundle) => T | Promise<T>): Promise<T> {
    const held = this.#held;
    if (held === null)
      throw new Problem(
        503,
        'Nothing to recommend from yet: the first bundle is being made. Try again in a few seconds.',
      );
    held.users++;
    try {
      return await work(held.bundle);
    } finally {
      held.users--;
      this.#closeUnused(held);
    }
  }

  /** From now on requests run on `bundle`; the one before is closed after its last request. */
  replace(bundle: Bundle | null): void {
    const before = this.#held;
    this.#held = bundle && { bundle, users: 0, retired: false };
    if (before === null) return;
    before.retired = true;
    this.#closeUnused(before);
  }

  /** Retires the bundle in use and waits until all that are retired and unused have closed. */
  async close(): Promise<void> {
    this.replace(null);
    await Promise.all(this.#closing);
  }

  #closeUnused(held: Held): void {
    if (!held.retired || held.users > 0) return;
    const closed = held.bundle.close().finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }
}
