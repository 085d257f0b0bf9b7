/** The numbers that the second stage orders candidates by (feature-names.ts), read for one list after another. */
import type { Profile } from '../../data/interactions.ts';
import type { ItemWeights } from '../item-weights/item-weights.ts';
import type { SlimWeights } from '../linear/slim-weights.ts';
import { FEATURES, featurePlace } from './feature-names.ts';
import { ListFacts } from './features/list-facts.ts';
import { StoryFeatures } from './features/story-features.ts';
import {
  type Columns,
  haveSamePlaces,
  positiveSums,
  sumOf,
  TermFeatures,
} from './features/term-features.ts';
import type { TitleFacts } from './features/title-facts.ts';

const LOG_SCORE = featurePlace('log-score');
const LOG_RANK = featurePlace('log-rank');
const RATIO_TO_FIRST = featurePlace('ratio-to-first');
const RATIO_TO_TENTH = featurePlace('ratio-to-tenth');
const SUM_WHOLE = featurePlace('sum-whole');
const LOG_MULTIPLIER = featurePlace('log-multiplier');
const GENRE_RATIO = featurePlace('genre-ratio');
const GENRE_MOST = featurePlace('genre-ratio-most');
const GENRE_LEAST = featurePlace('genre-ratio-least');
const GENRE_DEVIATION = featurePlace('genre-deviation');
const STUDIO_RATIO = featurePlace('studio-ratio');
const STUDIO_DEVIATION = featurePlace('studio-deviation');
const TYPE_RATIO = featurePlace('type-ratio');
const TYPE_DEVIATION = featurePlace('type-deviation');
const SOURCE_RATIO = featurePlace('source-ratio');
const SOURCE_DEVIATION = featurePlace('source-deviation');
const CLASS_RATIO = featurePlace('class-ratio');
const CLASS_DEVIATION = featurePlace('class-deviation');
const YEAR_RATIO = featurePlace('year-ratio');
const YEAR_DEVIATION = featurePlace('year-deviation');
const GAP_TO_END = featurePlace('gap-to-end');
const GAP_TO_NEWEST = featurePlace('gap-to-newest');
const GAP_TO_MEAN = featurePlace('gap-to-mean');
const LISTINGS_GAP = featurePlace('listings-gap');
const SCORE_GAP = featurePlace('score-gap');

export const WIDTH = FEATURES.length;

/** Scores below this are as low as it: their logarithm says nothing more. */
const LEAST_SCORE = 1e-4;

/** The logarithm that the second stage's score begins with. */
export const logScoreOf = (score: number) => Math.log(Math.max(LEAST_SCORE, score));

/** A list and the candidates for it. */
export interface CandidateList {
  readonly profile: Profile;
  /** preference weights of the profile */
  readonly weights: Float32Array;
  /** what the first stage scored it by */
  readonly stage: ItemWeights;
  readonly candidates: Uint32Array;
  /** the first stage's score of each candidate */
  readonly scores: Float32Array;
}

/** One B: what each title adds to a candidate. */
interface Sums {
  readonly stage: ItemWeights;
  readonly columns: Columns;
  readonly positive: Float32Array;
}

/** What is made of the columns of all B. */
interface Tables {
  readonly sums: readonly Sums[];
  readonly terms: TermFeatures;
  /** the entries of all B are in the same places */
  readonly samePlaces: boolean;
}

function tablesOf(stages: readonly ItemWeights[], list: ListFacts): Tables {
  const sums = stages.map((stage) => {
    const { columns } = stage;
    return { stage, columns, positive: positiveSums(columns) };
  });
  const [{ columns }, ...others] = sums;
  return {
    sums,
    terms: new TermFeatures(list, Math.max(...stages.map(longestRow))),
    samePlaces: others.every((other) => haveSamePlaces(columns, other.columns)),
  };
}

export class CandidateFeatures {
  readonly #titles: TitleFacts;
  readonly #list: ListFacts;
  readonly #story: StoryFeatures;
  /** for whole lists, then for parts, in the order of the features from SUM_WHOLE on */
  readonly #stages: readonly ItemWeights[];
  #madeTables: Tables | undefined;

  /** @throws RangeError when titles and weights are of different catalogues, or the weights for parts are missing */
  constructor(first: SlimWeights, titles: TitleFacts) {
    const stages = [first.whole, ...first.parts];
    if (first.items !== titles.items || stages.length !== 4)
      throw new RangeError(
        `CandidateFeatures: ${first.items} titles scored by ${stages.length} kinds of weights, expected ${titles.items} and 4`,
      );
    this.#titles = titles;
    this.#list = new ListFacts(titles);
    this.#story = new StoryFeatures(this.#list);
    this.#stages = stages;
  }

  /** Made when they are first needed: they take a tenth of a second, and a server that starts has no list yet. */
  get #tables(): Tables {
    this.#madeTables ??= tablesOf(this.#stages, this.#list);
    return this.#madeTables;
  }

  /** Makes what the first list would otherwise wait for. */
  prepare(): void {
    void this.#tables;
  }

  /** Writes candidates × WIDTH numbers, as they are (the network standardises them). */
  read(list: CandidateList, out: Float32Array): void {
    const { profile, weights, stage, candidates, scores } = list;
    this.#list.read(profile, weights);
    stage.multipliers?.readOnce(profile, weights);
    const order = orderOf(scores);
    this.#story.countRivals(candidates, order);
    this.#writeScores(scores, order, out);
    const { sums, terms, samePlaces } = this.#tables;
    const main = sums.find((one) => one.stage === stage) ?? sums[0];
    for (let n = 0; n < candidates.length; n++) {
      const item = candidates[n];
      const at = n * WIDTH;
      terms.write(main.columns, main.positive, item, out, at);
      for (let s = 0; s < sums.length; s++) {
        const { columns } = sums[s];
        out[at + SUM_WHOLE + s] = samePlaces
          ? terms.sumBy(columns)
          : sumOf(columns, item, this.#list.weights);
      }
      out[at + LOG_MULTIPLIER] = Math.log(stage.multipliers?.of(item) ?? 1);
      this.#story.write(profile, item, n, out, at);
      this.#writeKind(item, out, at);
      this.#writeYears(item, out, at);
      this.#writeOwn(item, out, at);
      this.#list.write(out, at);
    }
  }

  #writeScores(scores: Float32Array, order: Uint16Array, out: Float32Array): void {
    const first = Math.max(LEAST_SCORE, scores[order[0]] ?? 0);
    const tenth = Math.max(LEAST_SCORE, scores[order[Math.min(9, order.length - 1)]] ?? 0);
    for (let rank = 0; rank < order.length; rank++) {
      const at = order[rank] * WIDTH;
      const score = Math.max(LEAST_SCORE, scores[order[rank]]);
      out[at + LOG_SCORE] = Math.log(score);
      out[at + LOG_RANK] = Math.log1p(rank);
      out[at + RATIO_TO_FIRST] = score / first;
      out[at + RATIO_TO_TENTH] = Math.min(5, score / tenth);
    }
  }

  #writeKind(item: number, out: Float32Array, at: number): void {
    const { genres, studios, types, sources, classes } = this.#list;
    genres.write(item, out, at + GENRE_RATIO, at + GENRE_DEVIATION);
    genres.writeExtremes(item, out, at + GENRE_MOST, at + GENRE_LEAST);
    studios.write(item, out, at + STUDIO_RATIO, at + STUDIO_DEVIATION);
    types.write(item, out, at + TYPE_RATIO, at + TYPE_DEVIATION);
    sources.write(item, out, at + SOURCE_RATIO, at + SOURCE_DEVIATION);
    classes.write(item, out, at + CLASS_RATIO, at + CLASS_DEVIATION);
  }

  #writeYears(item: number, out: Float32Array, at: number): void {
    const list = this.#list;
    const year = this.#titles.places.years[item];
    const known = year > 0;
    out[at + YEAR_RATIO] = list.yearRatio(year);
    out[at + YEAR_DEVIATION] = list.yearDeviation(year);
    out[at + GAP_TO_END] = known ? year - list.end : 0;
    out[at + GAP_TO_NEWEST] = known ? year - list.newest : 0;
    out[at + GAP_TO_MEAN] = known ? year - list.meanYear : 0;
    out[at + LISTINGS_GAP] = this.#titles.logListings[item] - list.meanListings;
    out[at + SCORE_GAP] = this.#titles.meanScores[item] - list.meanScore;
  }

  /** What is the same for everybody. */
  #writeOwn(item: number, out: Float32Array, at: number): void {
    const { own, width, ownPlaces } = this.#titles;
    const from = item * width;
    for (let n = 0; n < width; n++) out[at + ownPlaces[n]] = own[from + n];
  }
}

function longestRow({ columns: { indptr } }: ItemWeights): number {
  return indptr.reduce((most, end, row) => Math.max(most, end - (indptr[row - 1] ?? 0)), 0);
}

/** The places of scores, best first; of equal ones the first. */
function orderOf(scores: Float32Array): Uint16Array {
  const order = Uint16Array.from(scores.keys());
  for (let n = 1; n < scores.length; n++)
    if (scores[n] > scores[n - 1]) return order.sort((a, b) => scores[b] - scores[a] || a - b);
  return order;
}
