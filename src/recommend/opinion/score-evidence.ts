/**
 * What a list of scores says about the score that its owner would give to another title, as the few numbers that an
 * expected score is a sum of (expected-score.ts):
 *
 *   m_i  = mean score of title i by everyone; TYPICAL_MEAN when it is unknown
 *   d_j  = r_j − m_j                                      of the n titles that the person has scored
 *   b    = Σ_j d_j / (n + LEVEL_DAMPING)                  how much higher the person scores than everyone
 *   Δ_i  = Σ_j s_ji (d_j − b) / (λ + Σ_j |s_ji|)          how the scores of title i's neighbours lie around that
 *
 * A baseline and the deviations of neighbours from it (Bell & Koren, ICDM 2007; Koren, KDD 2008, eq. 3), once for each
 * kind of neighbours s: the weights that lists are made with, titles that the same people watch, titles alike in content.
 */
import { type Profile, STATUS } from '../../data/interactions.ts';
import type { PlacedCsr } from '../../linalg/placed-csr.ts';
import type { Bundle } from '../bundle.ts';

export type OpinionBundle = Pick<Bundle, 'catalogue' | 'models'>;

/** Kinds of neighbours, and the sum of similarities at which neighbours count half as much as with any number of them. */
export const NEIGHBOURS = [
  { kind: 'hybrid', damping: 0.05 },
  { kind: 'collaborative', damping: 1 },
  { kind: 'content', damping: 1 },
] as const;
/** The number of scores at which the level of a person counts half. */
const LEVEL_DAMPING = 5;
const TYPICAL_MEAN = 7;
/** Standard deviation of the scores of a usual person around m + b, and how many scores it counts as. */
const TYPICAL_SPREAD = 1.3;
const SPREAD_DAMPING = 5;
/** Sum of similarities at which neighbours that have been scored support an estimate half. */
const SUPPORT_DAMPING = 0.1;
/** So many scores are mostly of favourites, and say little about how somebody scores; so many say it. */
const FEW = 20;
const MANY = 60;

/** What one scored title says. */
export interface NeighbourShift {
  readonly item: number;
  /** its part of each Δ, in the order of NEIGHBOURS */
  readonly shifts: readonly number[];
}

export interface ScoreEvidence {
  /** m of the title */
  readonly everyone: number;
  /** b */
  readonly level: number;
  /** of every scored title that is a neighbour; their sums are Δ */
  readonly neighbours: readonly NeighbourShift[];
  /** how far the person's scores lie from m + b */
  readonly spread: number;
  /** 0–1: how little is known of the title's neighbours */
  readonly unsupported: number;
  /** 0 = a few scores, of favourites most likely; 1 = those of a usual list */
  readonly whole: number;
}

interface Neighbourhood {
  readonly damping: number;
  readonly parts: readonly { readonly columns: PlacedCsr; readonly share: number }[];
}

/** The scores of one person. */
export class ScoredList {
  readonly #bundle: OpinionBundle;
  /** d by item */
  readonly #deviations = new Map<number, number>();
  readonly #neighbourhoods: readonly Neighbourhood[];
  readonly #level: number;
  readonly #spread: number;
  readonly #whole: number;

  constructor(bundle: OpinionBundle, profile: Profile) {
    this.#bundle = bundle;
    const { items, ratings, statuses } = profile;
    for (let p = 0; p < items.length; p++) {
      if (ratings[p] === 0 || statuses[p] === STATUS.plan_to_watch) continue;
      this.#deviations.set(items[p], ratings[p] - this.#meanOf(items[p]));
    }
    this.#level = this.#sum((deviation) => deviation) / (this.#deviations.size + LEVEL_DAMPING);
    this.#spread = this.#spreadOf();
    this.#whole = profile.isWhole ? 1 : wholenessOf(this.#deviations.size);
    this.#neighbourhoods = neighbourhoodsOf(bundle, profile);
  }

  /** How many titles of the list count: those that are scored and seen. */
  get scored(): number {
    return this.#deviations.size;
  }

  /** @param item a title that the list does not have */
  evidenceOf(item: number): ScoreEvidence {
    const found = new Map<number, number[]>();
    let support = 0;
    this.#neighbourhoods.forEach((neighbourhood, kind) => {
      const sum = this.#addShifts(found, item, neighbourhood, kind);
      if (kind === 0) support = sum;
    });
    return {
      everyone: this.#meanOf(item),
      level: this.#level,
      neighbours: Array.from(found, ([neighbour, shifts]) => ({ item: neighbour, shifts })),
      spread: this.#spread,
      unsupported: SUPPORT_DAMPING / (SUPPORT_DAMPING + support),
      whole: this.#whole,
    };
  }

  /** Adds what each scored neighbour of one kind says; returns the sum of their similarities. */
  #addShifts(
    found: Map<number, number[]>,
    item: number,
    { damping, parts }: Neighbourhood,
    kind: number,
  ): number {
    let sum = 0;
    const add = (neighbour: number, shift: number) => {
      const shifts = found.get(neighbour) ?? NEIGHBOURS.map(() => 0);
      shifts[kind] += shift;
      found.set(neighbour, shifts);
    };
    const scored = this.#scoredNeighbours(item, parts);
    for (const { similarity } of scored) sum += Math.abs(similarity);
    for (const { neighbour, similarity, deviation } of scored)
      add(neighbour, (similarity * (deviation - this.#level)) / (damping + sum));
    return sum;
  }

  #scoredNeighbours(item: number, parts: Neighbourhood['parts']) {
    const scored: { neighbour: number; similarity: number; deviation: number }[] = [];
    for (const { columns, share } of parts) {
      const { indptr, indices, values } = columns;
      for (let q = indptr[item]; q < indptr[item + 1]; q++) {
        const deviation = this.#deviations.get(indices[q]);
        if (deviation === undefined) continue;
        scored.push({ neighbour: indices[q], similarity: share * values[q], deviation });
      }
    }
    return scored;
  }

  #meanOf(item: number): number {
    return this.#bundle.catalogue[item].meanScore ?? TYPICAL_MEAN;
  }

  #sum(value: (deviation: number) => number): number {
    let sum = 0;
    for (const deviation of this.#deviations.values()) sum += value(deviation);
    return sum;
  }

  #spreadOf(): number {
    const size = this.#deviations.size;
    const mean = size > 0 ? this.#sum((deviation) => deviation) / size : 0;
    const squares = this.#sum((deviation) => (deviation - mean) ** 2);
    return Math.sqrt((squares + SPREAD_DAMPING * TYPICAL_SPREAD ** 2) / (size + SPREAD_DAMPING));
  }
}

/** Between the two sizes it rises smoothly with the logarithm of the number of scores (3s² − 2s³). */
function wholenessOf(scored: number): number {
  const share = Math.log(Math.max(FEW, scored) / FEW) / Math.log(MANY / FEW);
  return share >= 1 ? 1 : share * share * (3 - 2 * share);
}

function neighbourhoodsOf({ models }: OpinionBundle, profile: Profile): Neighbourhood[] {
  return NEIGHBOURS.map(({ kind, damping }) => ({
    damping,
    parts:
      kind === 'hybrid'
        ? models.hybrid
            .sharesFor(profile)
            .map(({ weights, share }) => ({ columns: weights.columns, share }))
        : [{ columns: models[kind].columns, share: 1 }],
  }));
}
