/**
 * P(seen j, not named | list): how likely somebody who names a few titles has also seen another one.
 *
 *   logit P = β · (1, l, z, l·z, k, k·l, d, d·l, n, n·l)
 *
 *   l = logit of the share of people who have seen j       z = ln(1 + evidence_j / (share_j + .02))   (evidence.ts)
 *   k = 1 where the list names another title of its story  d = mean l of the named titles: who names little-known ones
 *   n = ln(titles named / 5)                                   has seen much
 *
 * β is fitted on people whose lists are known whole (fit-seen-chance.ts).
 */
import type { Catalogue } from '../../data/anime.ts';
import { type Profile, STATUS } from '../../data/interactions.ts';

export const SEEN_TERMS = 10;
/** What was found on 7,066 people of MyAnimeList; few people cannot move it far. */
export const USUAL_COEFFICIENTS: readonly number[] = [
  -2, 1.4, 4.2, 0.5, 0.9, 0.2, -0.8, 0.15, 0, 0,
];

/** Least share, and least mean l of a list: one name of a title that hardly anybody knows proves little. */
const LEAST_SHARE = 1e-4;
const LEAST_DEPTH = -3.5;
/** Keeps z small for titles whose share is next to nothing. */
const SHARE_FLOOR = 0.02;
const USUAL_PART = 5;

/** What the terms need to know of a list. */
export interface NamedTitles {
  readonly depth: number;
  readonly length: number;
  /** numbers of the stories that it names titles of */
  readonly stories: ReadonlySet<number>;
}

export class SeenTerms {
  /** by item: l */
  readonly logits: Float64Array;
  /** by item: the animeId that its story is named by; −1 = none */
  readonly stories: Int32Array;

  /** @param shares by item: of the people who have seen it */
  constructor(
    catalogue: Catalogue,
    readonly shares: Float32Array,
  ) {
    this.logits = Float64Array.from(shares, (share) => {
      const kept = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share));
      return Math.log(kept / (1 - kept));
    });
    this.stories = Int32Array.from(catalogue, ({ franchise }) => franchise?.franchiseId ?? -1);
  }

  named({ items, statuses }: Profile): NamedTitles {
    let sum = 0;
    let seen = 0;
    const stories = new Set<number>();
    for (let p = 0; p < items.length; p++) {
      if (this.stories[items[p]] >= 0) stories.add(this.stories[items[p]]);
      if (statuses[p] === STATUS.plan_to_watch) continue;
      sum += this.logits[items[p]];
      seen++;
    }
    const depth = Math.max(LEAST_DEPTH, seen === 0 ? 0 : sum / seen);
    return { depth, length: Math.log(Math.max(1, seen) / USUAL_PART), stories };
  }

  isOfNamedStory(item: number, { stories }: NamedTitles): boolean {
    return this.stories[item] >= 0 && stories.has(this.stories[item]);
  }

  /** @param out receives SEEN_TERMS numbers */
  read(item: number, named: NamedTitles, evidence: number, out: Float64Array): Float64Array {
    const logit = this.logits[item];
    const tie = Math.log1p(Math.max(0, evidence) / (this.shares[item] + SHARE_FLOOR));
    const related = this.isOfNamedStory(item, named) ? 1 : 0;
    out[0] = 1;
    out[1] = logit;
    out[2] = tie;
    out[3] = tie * logit;
    out[4] = related;
    out[5] = related * logit;
    out[6] = named.depth;
    out[7] = named.depth * logit;
    out[8] = named.length;
    out[9] = named.length * logit;
    return out;
  }
}

/** Owns a buffer of its terms. */
export class SeenChance {
  readonly #terms = new Float64Array(SEEN_TERMS);

  constructor(
    readonly terms: SeenTerms,
    readonly coefficients: Float32Array,
  ) {
    if (coefficients.length !== SEEN_TERMS)
      throw new RangeError(`SeenChance: ${coefficients.length} coefficients, not ${SEEN_TERMS}`);
  }

  /** @param evidence the plain sum */
  of(item: number, named: NamedTitles, evidence: number): number {
    const terms = this.terms.read(item, named, evidence, this.#terms);
    let logit = 0;
    for (let n = 0; n < SEEN_TERMS; n++) logit += this.coefficients[n] * terms[n];
    return 1 / (1 + Math.exp(-logit));
  }
}
