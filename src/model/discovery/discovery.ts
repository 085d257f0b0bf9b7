/**
 * What to show somebody who names a few of the titles that they have seen: what they would like and have probably not
 * seen. For each title the logarithm of
 *
 *   value = P(like j | list) · (1 − P(seen j, not named | list))
 *
 *   P(like j | list) ∝ evidence_j · (share_j + .05)^−.2 · e^(traits_j + .4 · years_j + .4 · mean score_j)
 *
 * The evidence (evidence.ts) is larger for what many people list, whatever the list is about, hence the power of the share. Traits
 * and years (shared-traits.ts, shared-years.ts) say what the named titles have in common. What continues a named story
 * is no discovery. docs/models.md says what each factor is worth.
 */
import type { Catalogue } from '../../data/anime.ts';
import { type Profile, STATUS } from '../../data/interactions.ts';
import type { WeightsShare } from '../linear/mixed-weights.ts';
import { Evidence } from './evidence.ts';
import { type NamedTitles, SeenChance, SeenTerms } from './seen-chance.ts';
import { SharedTraits } from './shared-traits.ts';
import { SharedYears } from './shared-years.ts';

const SHARE_POWER = 0.2;
const SHARE_FLOOR = 0.05;
const YEARS = 0.4;
const SCORE = 0.4;
/** Of titles that hardly anybody has scored. */
const UNKNOWN_SCORE = 6.2;
/** Less evidence than this, or than this share of the strongest, is noise. */
const LEAST_EVIDENCE = 1e-3;
const LEAST_OF_BEST = 0.05;
/** Keeps one certainly seen from −∞. */
const LEAST_UNSEEN = 0.02;
/** For a list of five; less for a longer one, by the root of its length: not all that it names has been seen to its end. */
const NAMED_STORY = -3;
/** Specials and music videos: they belong to something, or are minutes long. */
const EXTRA = -0.5;
/** Far below every title that anything speaks for. */
export const NO_EVIDENCE = -100;
/** Titles that fewer people list are not guessed at. */
const LEAST_SHARE = 3e-3;

export interface DiscoveryList {
  readonly profile: Profile;
  /** preference weights of the profile */
  readonly weights: Float32Array;
  /** what scores such parts */
  readonly shares: readonly WeightsShare[];
}

/** Owns its buffers. */
export class Discovery {
  readonly #evidence: Evidence;
  readonly #seen: SeenChance;
  readonly #traits: SharedTraits;
  readonly #years: SharedYears;
  /** by item: what does not depend on the list */
  readonly #own: Float32Array;
  /**
   * by item: the same for a title without evidence, as if it had the least that counts, less by how few people list it. It
   * comes into lists that filters leave little else for
   */
  readonly #guess: Float32Array;
  /** evidence below it counts as none */
  #least = Number.POSITIVE_INFINITY;

  /**
   * @param shares by item: of the people who have seen it
   * @param coefficients of the chance that a title has been seen
   */
  constructor(
    catalogue: Catalogue,
    readonly shares: Float32Array,
    readonly coefficients: Float32Array,
  ) {
    if (shares.length !== catalogue.length)
      throw new RangeError(
        `Discovery: ${shares.length} shares for ${catalogue.length} titles of the catalogue`,
      );
    // so that a trait's usual share is between that of titles and that of views
    const importance = Float64Array.from(shares, Math.sqrt);
    this.#evidence = new Evidence(catalogue.length);
    this.#seen = new SeenChance(new SeenTerms(catalogue, shares), coefficients);
    this.#traits = new SharedTraits(catalogue, importance);
    this.#years = new SharedYears(catalogue, importance);
    this.#own = Float32Array.from(
      catalogue,
      ({ type, meanScore }, item) =>
        SCORE * (meanScore ?? UNKNOWN_SCORE) -
        SHARE_POWER * Math.log(shares[item] + SHARE_FLOOR) +
        (type === 'Special' || type === 'Music' ? EXTRA : 0),
    );
    this.#guess = this.#own.map((own, item) =>
      shares[item] < LEAST_SHARE
        ? own + NO_EVIDENCE
        : own + Math.log(shares[item] / (shares[item] + SHARE_FLOOR)),
    );
  }

  get items(): number {
    return this.shares.length;
  }

  /**
   * @param caution how much the chance that it has been seen counts: 1, or 0 = not at all
   * @param out by item: receives ln value
   * @returns false, and `out` is as it was, when the list says nothing for any title
   */
  read({ profile, weights, shares }: DiscoveryList, caution: number, out: Float32Array): boolean {
    this.#evidence.read(profile, weights, shares);
    const { sums } = this.#evidence;
    const best = largest(sums);
    const least = Math.max(LEAST_EVIDENCE, LEAST_OF_BEST * best);
    if (best < least) return false;
    this.#least = least;
    const liked = likedOf(profile, weights);
    this.#traits.read(liked);
    this.#years.read(liked);
    const { terms } = this.#seen;
    const named = terms.named(profile);
    const logLeast = Math.log(least);
    for (let item = 0; item < out.length; item++) {
      if (sums[item] >= least)
        out[item] = this.#valueOf(item) + caution * this.#logUnseen(item, named);
      else if (this.#guess[item] < NO_EVIDENCE / 2) out[item] = this.#guess[item];
      else out[item] = this.#guess[item] + logLeast + this.#likeness(item);
    }
    for (let p = 0; p < profile.items.length; p++) {
      const item = profile.items[p];
      // it has been named, as not seen
      if (profile.statuses[p] === STATUS.plan_to_watch && sums[item] >= least)
        out[item] = this.#valueOf(item);
    }
    return true;
  }

  /** Whether the list that was read last says something for the title. */
  isTied(item: number): boolean {
    return this.#evidence.sums[item] >= this.#least;
  }

  /** What the title has in common with the named ones. */
  #likeness(item: number): number {
    return this.#traits.of(item) + YEARS * this.#years.of(item);
  }

  /** ln P(like j | list), up to a constant */
  #valueOf(item: number): number {
    return this.#own[item] + this.#evidence.logOf(item) + this.#likeness(item);
  }

  /** ln (1 − P(seen j, not named | list)), and less for what continues a named story */
  #logUnseen(item: number, named: NamedTitles): number {
    const { terms } = this.#seen;
    const unseen = 1 - this.#seen.of(item, named, this.#evidence.sums[item]);
    const log = Math.log(unseen + LEAST_UNSEEN);
    if (!terms.isOfNamedStory(item, named)) return log;
    return log + NAMED_STORY * Math.exp(-0.5 * Math.max(0, named.length));
  }
}

function largest(values: Float32Array): number {
  let most = 0;
  for (let n = 0; n < values.length; n++) if (values[n] > most) most = values[n];
  return most;
}

/** The titles that say what the person likes: half the mean weight or more. */
function likedOf({ items }: Profile, weights: Float32Array): number[] {
  let sum = 0;
  for (const weight of weights) sum += weight;
  const least = sum / (2 * Math.max(1, weights.length));
  const liked: number[] = [];
  for (let p = 0; p < items.length; p++)
    if (weights[p] > 0 && weights[p] >= least) liked.push(items[p]);
  return liked;
}
