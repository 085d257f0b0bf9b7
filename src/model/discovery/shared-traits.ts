/**
 * What the titles of a list share: genres, type, source and studio. Five titles of which three are comedies say
 * little, as every third title is one; five about sports say much. For a trait that everybody's titles have with share q,
 * and k of the m named ones:
 *
 *   P = chance that it is a theme of this list, by Bayes: π · 1/(m+1) against (1−π) · Binomial(k; m, q)
 *   θ = (1−P) · q + P · (k+1)/(m+2)                                  how often titles for this list have it
 *   w = LOW + (HIGH − LOW) · P · max(0, (k/m − q)/(1−q))²            how far that is trusted: all share it, or some do
 *
 *   sum over all traits: w · ln(θ/q) for a title that has it, w · ln((1−θ)/(1−q)) for one that has not
 */
import type { Anime, Catalogue } from '../../data/anime.ts';

/** π */
const THEME = 0.1;
const LOW = 0.2;
const HIGH = 0.8;

const READERS: readonly ((anime: Anime) => readonly (string | null)[])[] = [
  ({ genres }) => genres,
  ({ type }) => [type],
  ({ source }) => [source],
  ({ studios }) => studios,
];

/** Owns its buffers. */
export class SharedTraits {
  /** item → its traits, as sparse rows */
  readonly #indptr: Uint32Array;
  readonly #traits: Uint32Array;
  /** by trait: q */
  readonly #usual: Float64Array;
  readonly #counts: Float64Array;
  /** by trait: what having it adds, over not having it */
  readonly #gains: Float64Array;
  /** the sum for a title that has none of the traits */
  #none = 0;

  /** @param importance by item: how much a title counts in q */
  constructor(catalogue: Catalogue, importance: Float64Array) {
    const { indptr, traits, count } = traitRows(catalogue);
    this.#indptr = indptr;
    this.#traits = traits;
    this.#usual = sharesOf(indptr, traits, importance, count);
    this.#counts = new Float64Array(count);
    this.#gains = new Float64Array(count);
  }

  /** @param named the titles that the person likes; what `of` answers from now on is about them */
  read(named: readonly number[]): void {
    this.#count(named);
    this.#none = this.#weigh(named.length);
  }

  /** The sum over all traits, for one title. */
  of(item: number): number {
    let sum = this.#none;
    for (let p = this.#indptr[item]; p < this.#indptr[item + 1]; p++)
      sum += this.#gains[this.#traits[p]];
    return sum;
  }

  #count(named: readonly number[]): void {
    this.#counts.fill(0);
    for (const item of named)
      for (let p = this.#indptr[item]; p < this.#indptr[item + 1]; p++)
        this.#counts[this.#traits[p]]++;
  }

  /** Fills the gains; returns the sum for a title that has none of the traits. */
  #weigh(size: number): number {
    let nothing = 0;
    for (let trait = 0; trait < this.#usual.length; trait++) {
      const { has, lacks } = traitRatios(this.#counts[trait], size, this.#usual[trait]);
      nothing += lacks;
      this.#gains[trait] = has - lacks;
    }
    return nothing;
  }
}

/** w · ln(θ/q) and w · ln((1−θ)/(1−q)); the head of this file says what they are. */
export function traitRatios(
  count: number,
  size: number,
  usual: number,
): { has: number; lacks: number } {
  if (size === 0) return { has: 0, lacks: 0 };
  const theme = themeChance(count, size, usual);
  const rate = (1 - theme) * usual + (theme * (count + 1)) / (size + 2);
  const agreement = Math.max(0, (count / size - usual) / (1 - usual));
  const trust = LOW + (HIGH - LOW) * theme * agreement ** 2;
  return {
    has: trust * Math.log(rate / usual),
    lacks: trust * Math.log((1 - rate) / (1 - usual)),
  };
}

/** P, by logarithms: the binomial of a long list is too small for a number. */
function themeChance(count: number, size: number, usual: number): number {
  let log = Math.log((1 - THEME) / THEME) + Math.log(size + 1);
  for (let n = 0; n < count; n++) log += Math.log(((size - n) / (n + 1)) * usual);
  log += (size - count) * Math.log(1 - usual);
  return 1 / (1 + Math.exp(log));
}

function traitRows(catalogue: Catalogue) {
  const numberOf = READERS.map(() => new Map<string, number>());
  let count = 0;
  const indptr = new Uint32Array(catalogue.length + 1);
  const traits: number[] = [];
  catalogue.forEach((anime, item) => {
    READERS.forEach((read, kind) => {
      for (const name of new Set(read(anime))) {
        if (!name) continue;
        let number = numberOf[kind].get(name);
        if (number === undefined) {
          number = count++;
          numberOf[kind].set(name, number);
        }
        traits.push(number);
      }
    });
    indptr[item + 1] = traits.length;
  });
  return { indptr, traits: Uint32Array.from(traits), count };
}

/** q of each trait, kept off 0 and 1. */
function sharesOf(
  indptr: Uint32Array,
  traits: Uint32Array,
  importance: Float64Array,
  count: number,
): Float64Array {
  const shares = new Float64Array(count);
  let total = 0;
  for (let item = 0; item < importance.length; item++) {
    total += importance[item];
    for (let p = indptr[item]; p < indptr[item + 1]; p++) shares[traits[p]] += importance[item];
  }
  const unit = importance.length === 0 ? 1 : total / importance.length;
  return shares.map((share) => (share + unit) / (total + 2 * unit));
}
