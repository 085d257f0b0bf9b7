/** The bundle in use. It can be replaced while requests run: each request finishes on the bundle it started with. */
import type { Profile } from '../../data/interactions.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { Recommendation } from '../../recommend/ranker.ts';
import { Problem } from '../http/problem.ts';
import { RecommendedCounts } from './recommended-counts.ts';
import { TrafficWindow } from './traffic-window.ts';

interface HeldBundle {
  readonly bundle: Bundle;
  /** what it was asked; null = its bundle has no baseline to compare with */
  readonly traffic: TrafficWindow | null;
  /** requests that run on it */
  requests: number;
  /** replaced by another; closes after its last request */
  retired: boolean;
}

/** An older bundle is in use because the current one cannot be. */
export interface Fallback {
  /** the version that `current` names; null = the pointer is lost */
  readonly named: string | null;
  /** for operators: it names files */
  readonly reason: string;
  readonly since: string;
}

export class CurrentBundle {
  /** since the server started, for the operators */
  readonly counts = {
    /** bundles that were damaged when they were opened */
    refused: 0,
    /** times that an older bundle was used instead of the current one */
    fallbacks: 0,
    /** damaged places of files that were found while serving */
    damagedReads: 0,
  };
  /** times that a bundle took the place of another */
  swaps = 0;
  /** bundles that were not taken, by reason */
  readonly refusals = new Map<string, number>();
  /** why none of the bundles that are there can be used; null = one is in use, or there is none */
  problem: string | null = null;
  #fallback: Fallback | null = null;
  /** counts what has been recommended from all bundles */
  readonly recommended = new RecommendedCounts();
  #held: HeldBundle | null = null;
  readonly #closing = new Set<Promise<void>>();

  /** The version in use; null = no bundle yet. */
  get version(): string | null {
    return this.#held?.bundle.version ?? null;
  }

  /** For those who observe it; requests use() it. */
  get inUse(): Pick<Bundle, 'version' | 'about'> | null {
    return this.#held?.bundle ?? null;
  }

  /** null = the bundle in use is the current one */
  get fallback(): Fallback | null {
    return this.#fallback;
  }

  /** What the bundle in use was asked and recommended; null = no bundle, or one without a baseline. */
  get traffic(): TrafficWindow | null {
    return this.#held?.traffic ?? null;
  }

  /** Counts a list that was made from `bundle`; every route that recommends calls it. */
  count(bundle: Bundle, profile: Profile, list: readonly Recommendation[]): void {
    this.recommended.add(list);
    if (this.#held?.bundle === bundle) this.#held.traffic?.add(profile, list);
  }

  /** Counts a bundle that was not taken. @param reason in a word or two, such as damaged */
  refuse(reason: string): void {
    this.counts.refused++;
    this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + 1);
  }

  /** The bundle in use has become the current one. */
  settle(): void {
    this.#fallback = null;
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

  /**
   * Puts `bundle` in use; the one before is closed after its last request.
   * @param instead of which it is used, and why; default: it is the current one
   */
  replace(bundle: Bundle | null, instead: Omit<Fallback, 'since'> | null = null): void {
    this.problem = null;
    this.#fallback = instead && { ...instead, since: new Date().toISOString() };
    if (instead) this.counts.fallbacks++;
    const before = this.#held;
    this.#held = bundle && {
      bundle,
      traffic: TrafficWindow.of(bundle),
      requests: 0,
      retired: false,
    };
    if (before === null) return;
    if (bundle !== null) this.swaps++;
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
