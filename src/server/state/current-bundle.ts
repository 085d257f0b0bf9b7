/** The bundle in use. It can be replaced while requests run: each request finishes on the bundle it started with. */
import type { Bundle } from '../../recommend/bundle.ts';
import { Problem } from '../http/problem.ts';
import { RecommendedCounts } from './recommended-counts.ts';

interface HeldBundle {
  readonly bundle: Bundle;
  /** requests that run on it */
  requests: number;
  /** replaced by another; closes after its last request */
  retired: boolean;
}

export class CurrentBundle {
  /** counts what has been recommended from all bundles; every route that recommends adds to it */
  readonly recommended = new RecommendedCounts();
  #held: HeldBundle | null = null;
  readonly #closing = new Set<Promise<void>>();

  /** The version in use; null = no bundle yet. */
  get version(): string | null {
    return this.#held?.bundle.version ?? null;
  }

  /**
   * Runs `work` on the bundle in use, which stays open until `work` has ended.
   * @throws Problem 503 when there is no bundle yet
   */
  async use<T>(work: (bundle: Bundle) => T | Promise<T>): Promise<T> {
    const held = this.#held;
    if (held === null)
      throw new Problem(
        503,
        'Nothing to recommend from yet: the first bundle is being made. Try again in a few seconds.',
      );
    held.requests++;
    try {
      return await work(held.bundle);
    } finally {
      held.requests--;
      this.#closeUnused(held);
    }
  }

  /** Puts `bundle` in use; the one before is closed after its last request. */
  replace(bundle: Bundle | null): void {
    const before = this.#held;
    this.#held = bundle && { bundle, requests: 0, retired: false };
    if (before === null) return;
    before.retired = true;
    this.#closeUnused(before);
  }

  /** Retires the bundle in use and waits until all unused bundles are closed. */
  async close(): Promise<void> {
    this.replace(null);
    await Promise.all(this.#closing);
  }

  #closeUnused(held: HeldBundle): void {
    if (!held.retired || held.requests > 0) return;
    const closed = held.bundle.close().finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }
}
