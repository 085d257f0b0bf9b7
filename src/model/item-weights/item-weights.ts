/**
 * The serving half of every linear item-item model (ease, item-knn, content):
 *
 *   score[j] = (Σ_i x_i · B[i,j] + t · prior[j]) · multiplier[j]
 *
 * x = the profile's preference weights (data/weights.ts), B sparse, items × items; prior (not every model has one) says
 * what is likely for anybody. Its factor t = 5 / max(5, titles seen) falls with the length of the list, or, where the
 * prior is part of the prediction itself, is 1 for everybody. The multipliers (slim has them, for whole lists) are 1 except for titles
 * about which the list says more than a sum can (score-multipliers.ts).
 *
 * It holds nothing about single users, so users it was not fitted on are scored like everybody else. And since the
 * score is a sum over the profile, plus the prior, its terms times the multiplier say exactly which titles caused it.
 */
import { join } from 'node:path';
import { WeightOptions } from '../../config/model-options.ts';
import { type Csr, faultOf, transpose } from '../../data/csr.ts';
import type { Profile } from '../../data/interactions.ts';
import { preferenceWeights } from '../../data/weights.ts';
import { writeSafetensors } from '../../home/safetensors.ts';
import type { ListTerms } from '../../linalg/list-terms.ts';
import { type PlacedCsr, SHORT } from '../../linalg/placed-csr.ts';
import type { RankedScores } from '../../linalg/ranked-scores.ts';
import { RowScorer } from '../../linalg/row-scorer.ts';
import { TermFinder, type Terms } from '../../linalg/term-finder.ts';
import { readModelFile } from '../model-file.ts';
import { priorDecay } from '../prior-decay.ts';
import type { Ranked, Recommender } from '../recommender.ts';
import { topItems } from '../top.ts';
import type { ScoreMultipliers } from './score-multipliers.ts';
import {
  multiplierMetadata,
  multiplierTensors,
  readMultipliers,
} from './score-multipliers-file.ts';

/** Whom a prior is for: users with short lists, or everybody. */
export type PriorFor = 'newcomers' | 'everyone';

export class ItemWeights implements Recommender {
  readonly items: number;
  /** row i = what profile item i adds to every title; in the kernels' memory */
  readonly #rows: RowScorer;
  /** as `#columns` gives it; made when it is first needed, because a server that starts has six such models to open */
  #madeColumns: TermFinder | undefined;

  /**
   * @param weights B: row = profile item, column = recommended item, columns ascending within a row
   * @param prior of each title
   * @param multipliers of each title, given the list
   * @throws RangeError when B is not square, its parts disagree, or a value is not finite
   */
  constructor(
    readonly name: string,
    weights: Csr,
    readonly options: WeightOptions,
    readonly prior: Float32Array | null = null,
    readonly priorFor: PriorFor = 'newcomers',
    readonly multipliers: ScoreMultipliers | null = null,
  ) {
    checkWeights(name, weights);
    if (multipliers) checkMultipliers(name, multipliers, weights.rows);
    if (prior) checkPrior(name, prior, weights.rows);
    this.items = weights.rows;
    this.#rows = new RowScorer(weights, prior);
  }

  /** row j = what every profile item adds to title j */
  get #columns(): TermFinder {
    this.#madeColumns ??= new TermFinder(transpose(this.#rows.matrix));
    return this.#madeColumns;
  }

  /** Makes what the first explanation would otherwise wait for. */
  prepare(): void {
    void this.#columns;
  }

  /** Row j = what every profile item adds to title j, in the kernels' memory: not to be written to. */
  get columns(): PlacedCsr {
    return this.#columns.matrix;
  }

  /** What a list says for each of some titles, by the rows of B. */
  get terms(): ListTerms {
    return this.#rows.terms;
  }

  /** B by rows, in the kernels' memory: not to be written to. */
  get rows(): PlacedCsr {
    return this.#rows.matrix;
  }

  /**
   * x: one preference weight an entry of the profile.
   * @param out receives them; default: a new array
   */
  weigh(profile: Profile, out?: Float32Array): Float32Array {
    return preferenceWeights(profile, this.options, out);
  }

  score(profile: Profile): Float32Array {
    return this.rankScores(profile).scores.slice();
  }

  /**
   * As `score`, without a copy, and what is best of them: may be written to and is only good until the next call.
   * @param weights of the profile, when the caller has them already
   */
  rankScores(profile: Profile, weights = this.weigh(profile)): RankedScores {
    this.#rows.score(profile.items, weights, this.prior ? this.#factor(profile) : 0);
    this.multipliers?.read(profile, weights);
    this.multipliers?.apply(this.#rows.ranked.scores);
    return this.#rows.ranked;
  }

  /**
   * t · prior · multiplier of each of `items`: the part of their scores that no title of the profile causes.
   * @param weights of the profile, when the caller has them already
   */
  priorsOf(profile: Profile, items: readonly number[], weights = this.weigh(profile)): number[] {
    const { prior, multipliers } = this;
    if (!prior) return items.map(() => 0);
    const factor = this.#factor(profile);
    multipliers?.readOnce(profile, weights);
    return items.map((item) => factor * prior[item] * (multipliers?.of(item) ?? 1));
  }

  /** The same of every title. */
  allPriors(profile: Profile, weights = this.weigh(profile)): Float32Array {
    const { prior, multipliers } = this;
    if (!prior) return new Float32Array(this.items);
    const factor = this.#factor(profile);
    multipliers?.readOnce(profile, weights);
    return prior.map((value, item) => factor * value * (multipliers?.of(item) ?? 1));
  }

  /** t */
  #factor(profile: Profile): number {
    return this.priorFor === 'everyone' ? 1 : priorDecay(profile);
  }

  /**
   * x_i · B[i,item] · multiplier[item] for every entry of the profile. Added to t · prior[item] in the profile's order and in
   * float32 they are exactly score[item] where the multiplier is 1; in float64, or with another one, they differ from it by
   * float32's rounding (about 10⁻⁶ of the largest term).
   * @param weights of the profile, when the caller has them already
   */
  contributions(profile: Profile, item: number, weights = this.weigh(profile)): Float32Array {
    const { indptr, indices, values } = this.#columns.matrix;
    const { items } = profile;
    const out = new Float32Array(items.length);
    let q = indptr[item];
    const end = indptr[item + 1];
    for (let p = 0; p < items.length && q < end; p++) {
      while (q < end && indices[q] < items[p]) q++;
      if (q < end && indices[q] === items[p]) out[p] = weights[p] * values[q];
    }
    this.multipliers?.read(profile, weights);
    const multiplier = this.multipliers?.of(item) ?? 1;
    return multiplier === 1 ? out : out.map((part) => part * multiplier);
  }

  /**
   * Of each of `items` the at most `limit` contributions that add most to its score, strongest first.
   * @param weights of the profile
   */
  explain(profile: Profile, weights: Float32Array, items: ArrayLike<number>, limit: number): Terms {
    const { weightOf } = this.#columns;
    for (let p = 0; p < weights.length; p++) weightOf[profile.items[p]] = weights[p];
    try {
      const { multipliers } = this;
      multipliers?.readOnce(profile, weights);
      return this.#columns.find(
        items,
        limit,
        multipliers ? (item) => multipliers.of(item) : undefined,
      );
    } finally {
      for (let p = 0; p < weights.length; p++) weightOf[profile.items[p]] = 0;
    }
  }

  /**
   * The at most k titles most tied to `item`: by (B[item,j] + B[j,item]) / 2, what liking the one says for the
   * other and the other way round, an entry that was not kept counting 0. One direction alone would leave little
   * listed titles with nothing (they are in few columns) and favour accidental neighbours of the popular ones.
   */
  similarItems(item: number, k: number): Ranked {
    const { items, ties } = tiesOf(item, this.#rows.matrix, this.#columns.matrix);
    const best = topItems(ties, k);
    return { items: best.items.map((at) => items[at]), scores: best.scores };
  }

  /** Writes `<name>.safetensors`: B by rows, and the weight options in its metadata. */
  async save(folder: string): Promise<void> {
    const { rows, indptr, indices, values } = this.#rows.matrix;
    await writeSafetensors(
      join(folder, `${this.name}.safetensors`),
      {
        indptr: { shape: [rows + 1], data: indptr },
        values: { shape: [values.length], data: values },
        ...(this.prior ? { prior: { shape: [rows], data: this.prior } } : {}),
        ...multiplierTensors(this.multipliers),
        // last, so that all others begin at multiples of their own size
        indices: {
          shape: [indices.length],
          data: indices,
        },
      },
      {
        format: FORMAT,
        name: this.name,
        items: String(rows),
        options: JSON.stringify(this.options),
        ...(this.prior ? { priorFor: this.priorFor } : {}),
        ...multiplierMetadata(this.multipliers),
      },
    );
  }

  /** @throws ArtefactError when the file is truncated, altered or not what `save` writes */
  static async load(folder: string, name: string): Promise<ItemWeights> {
    const path = join(folder, `${name}.safetensors`);
    return readModelFile(path, { format: FORMAT, schema: WeightOptions }, async (file, options) => {
      const indptr = await file.read('indptr', Uint32Array);
      const indices =
        indptr.length - 1 > SHORT
          ? await file.read('indices', Uint32Array)
          : Uint32Array.from(await file.read('indices', Uint16Array));
      const values = await file.read('values', Float32Array);
      const prior = file.names().includes('prior') ? await file.read('prior', Float32Array) : null;
      const items = indptr.length - 1;
      if (String(items) !== file.metadata.items)
        throw new RangeError(`it states ${file.metadata.items} items and has rows for ${items}`);
      const weights = { rows: items, columns: items, indptr, indices, values };
      const priorFor = file.metadata.priorFor === 'everyone' ? 'everyone' : 'newcomers';
      return new ItemWeights(name, weights, options, prior, priorFor, await readMultipliers(file));
    });
  }
}

const FORMAT = 'osusume-item-weights-3';

/** The titles tied to one, ascending, and how much: what is kept of its row and its column, not all titles. */
function tiesOf(item: number, rows: PlacedCsr, columns: PlacedCsr) {
  const [rowEnd, columnEnd] = [rows.indptr[item + 1], columns.indptr[item + 1]];
  let [r, c] = [rows.indptr[item], columns.indptr[item]];
  const items = new Uint32Array(rowEnd - r + columnEnd - c);
  const ties = new Float32Array(items.length);
  let count = 0;
  while (r < rowEnd || c < columnEnd) {
    const inRow = r < rowEnd ? rows.indices[r] : Number.POSITIVE_INFINITY;
    const inColumn = c < columnEnd ? columns.indices[c] : Number.POSITIVE_INFINITY;
    const other = Math.min(inRow, inColumn);
    let tie = 0;
    if (inRow === other) tie += rows.values[r++];
    if (inColumn === other) tie = Math.fround(tie + columns.values[c++]);
    if (other === item || !(tie > 0)) continue;
    items[count] = other;
    ties[count++] = tie / 2;
  }
  return { items, ties: ties.subarray(0, count) };
}

function checkMultipliers(name: string, { places }: ScoreMultipliers, items: number): void {
  if (places.years.length === items) return;
  throw new RangeError(
    `ItemWeights "${name}": multipliers of ${places.years.length} titles, expected ${items}`,
  );
}

function checkPrior(name: string, prior: Float32Array, items: number): void {
  if (prior.length === items && prior.every(Number.isFinite)) return;
  throw new RangeError(
    `ItemWeights "${name}": the prior has ${prior.length} numbers, expected ${items} finite ones`,
  );
}

function checkWeights(name: string, weights: Csr): void {
  const wrong = (what: string) => new RangeError(`ItemWeights "${name}": ${what}`);
  const { rows, columns } = weights;
  if (!/^[\w-]+$/.test(name)) throw wrong('a name has letters, digits, "-" and "_" only');
  if (rows !== columns) throw wrong(`B must be square, it is ${rows} × ${columns}`);
  const fault = faultOf(weights);
  if (fault) throw wrong(fault);
}
