/**
 * Evaluation by franchise: a franchise counts once, however many titles it has.
 *
 *   unit      a franchise, or a title that belongs to none
 *   ranking   a unit has the rank of its best title
 *   targets   the units of the held-out titles
 *
 * Units with a title that the user knows are left out of both: the second season of something seen is no discovery.
 */
import type { Catalogue } from '../data/anime.ts';
import { type Profile, seenEntries } from '../data/interactions.ts';
import { HIDDEN } from '../model/mask.ts';

export class FranchiseUnits {
  readonly #unitOf: Uint32Array;
  /** items of each unit */
  readonly #members: readonly (readonly number[])[];
  readonly size: number;

  constructor(catalogue: Catalogue) {
    const units = new Map<string, number>();
    this.#unitOf = Uint32Array.from(catalogue, ({ animeId, franchise }) => {
      const key = franchise ? `franchise ${franchise.franchiseId}` : `title ${animeId}`;
      const unit = units.get(key) ?? units.size;
      units.set(key, unit);
      return unit;
    });
    this.size = units.size;
    const members: number[][] = Array.from(units, () => []);
    for (const [item, unit] of this.#unitOf.entries()) members[unit].push(item);
    this.#members = members;
  }

  /** One score a unit: that of its best title; −∞ for units of `known`. */
  scores(scores: Float32Array, known: ReadonlySet<number>): Float32Array {
    const best = new Float32Array(this.size).fill(HIDDEN);
    for (let item = 0; item < scores.length; item++) {
      const unit = this.#unitOf[item];
      if (scores[item] > best[unit]) best[unit] = scores[item];
    }
    for (const unit of known) best[unit] = HIDDEN;
    return best;
  }

  /** Units of which a profile has seen a title. */
  known(profile: Profile): Set<number> {
    return new Set(seenEntries(profile).map((p) => this.#unitOf[profile.items[p]]));
  }

  /** Hides, in place, the titles of `known` units. */
  hide(scores: Float32Array, known: ReadonlySet<number>): Float32Array {
    for (const unit of known) for (const item of this.#members[unit]) scores[item] = HIDDEN;
    return scores;
  }

  /** Those of `items` that do not belong to a `known` unit. */
  newItems(items: Iterable<number>, known: ReadonlySet<number>): Set<number> {
    return new Set([...items].filter((item) => !known.has(this.#unitOf[item])));
  }

  /** Units of `items` that are not `known`. */
  targets(items: ReadonlySet<number>, known: ReadonlySet<number>): Set<number> {
    const units = new Set(Array.from(items, (item) => this.#unitOf[item]));
    for (const unit of known) units.delete(unit);
    return units;
  }
}
