/**
 * Counts of what a bundle was asked and what it recommended in the last 24 hours, by the hour. They are of that bundle: the
 * next one has other deciles and another baseline, and begins anew.
 */
import type { Profile } from '../../data/interactions.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { Recommendation } from '../../recommend/ranker.ts';
import { type DimensionDrift, dimensionsOf } from '../../traffic/drift.ts';
import { TitleBins } from '../../traffic/title-bins.ts';
import type { BundleTraffic, TrafficBaseline } from '../../traffic/traffic.ts';
import { TrafficCounts } from '../../traffic/traffic-counts.ts';

const HOUR = 3_600_000;
const HOURS = 24;

/** The parts of a bundle that counting needs. */
export type CountedBundle = Pick<Bundle, 'version' | 'catalogue' | 'items' | 'baseline'>;

interface Slot {
  /** since 1970 */
  readonly hour: number;
  readonly counts: TrafficCounts;
}

export class TrafficWindow {
  readonly #bundle: CountedBundle;
  readonly #baseline: TrafficBaseline;
  readonly #bins: TitleBins;
  readonly #now: () => number;
  /** the oldest first */
  #slots: Slot[] = [];

  private constructor(bundle: CountedBundle, baseline: TrafficBaseline, now: () => number) {
    this.#bundle = bundle;
    this.#baseline = baseline;
    this.#bins = new TitleBins(bundle.catalogue, baseline.popularityBounds);
    this.#now = now;
  }

  /**
   * @param now ms since 1970
   * @returns null when the bundle has nothing to compare with
   */
  static of(bundle: CountedBundle, now: () => number = Date.now): TrafficWindow | null {
    return bundle.baseline && new TrafficWindow(bundle, bundle.baseline, now);
  }

  add(profile: Profile, list: readonly Pick<Recommendation, 'anime'>[]): void {
    const counts = this.#current();
    counts.addAsked(profile.items);
    const { items } = this.#bundle;
    const recommended = new Uint32Array(list.length);
    for (let n = 0; n < list.length; n++) recommended[n] = items.indexOf(list[n].anime.animeId);
    counts.addRecommended(recommended);
  }

  state(): BundleTraffic {
    this.#forget();
    const total = new TrafficCounts(this.#bins);
    for (const { counts } of this.#slots) total.addAll(counts);
    const since = this.#slots[0]?.hour ?? this.#hour();
    return {
      bundle: this.#bundle.version,
      since: new Date(since * HOUR).toISOString(),
      ...total.state(),
      baseline: this.#baseline,
    };
  }

  drift(): DimensionDrift[] {
    return dimensionsOf(this.state(), this.#baseline);
  }

  #hour(): number {
    return Math.floor(this.#now() / HOUR);
  }

  #current(): TrafficCounts {
    const hour = this.#hour();
    const last = this.#slots.at(-1);
    // A clock that is set back does not begin another hour.
    if (last && last.hour >= hour) return last.counts;
    last?.counts.settle();
    const counts = new TrafficCounts(this.#bins);
    this.#slots.push({ hour, counts });
    this.#forget();
    return counts;
  }

  #forget(): void {
    const oldest = this.#hour() - HOURS;
    if (this.#slots.some(({ hour }) => hour <= oldest))
      this.#slots = this.#slots.filter(({ hour }) => hour > oldest);
  }
}
