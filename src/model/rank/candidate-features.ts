/** The numbers that the second stage orders candidates by (feature-names.ts), read for one list after another. */
import type { Profile } from '../../data/interactions.ts';
import type { ItemWeights } from '../item-weights/item-weights.ts';
import { PART_SIZES } from '../linear/part-shares.ts';
import type { SlimWeights } from '../linear/slim-weights.ts';
import { FEATURES, featurePlace } from './feature-names.ts';
import { ListFacts } from './features/list-facts.ts';
import { StoryFeatures } from './features/story-features.ts';
import { TermFeatures, writePartSums } from './features/term-features.ts';
import type { TitleFacts } from './features/title-facts.ts';
import { orderByValue } from './order-by-value.ts';

const LOG_SCORE = featurePlace('log-score');
const LOG_RANK = featurePlace('log-rank');
const RATIO_TO_FIRST = featurePlace('ratio-to-first');
const RATIO_TO_TENTH = featurePlace('ratio-to-tenth');
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

export class CandidateFeatures {
  readonly #titles: TitleFacts;
  readonly #list: ListFacts;
  readonly #story: StoryFeatures;
  readonly #stages: readonly ItemWeights[];
  /** those for parts of 30 titles: what is left when most of the list is not known */
  readonly #part: ItemWeights;
  /** by stage; made when they are first needed, because a server that starts has no list yet */
  readonly #terms = new Map<ItemWeights, TermFeatures>();

  /** @throws RangeError when titles and weights are of different catalogues, or the weights for parts are missing */
  constructor(first: SlimWeights, titles: TitleFacts) {
    const part = first.parts[PART_SIZES.indexOf(30)];
    if (first.items !== titles.items || !part)
      throw new RangeError(
        `CandidateFeatures: facts of ${titles.items} titles for ${first.all.length} kinds of weights of ${first.items}, expected as many and 4`,
      );
    this.#titles = titles;
    this.#list = new ListFacts(titles);
    this.#story = new StoryFeatures(this.#list);
    this.#stages = first.all;
    this.#part = part;
  }

  /** Makes what the first list would otherwise wait for. */
  prepare(): void {
    for (const stage of this.#stages) this.#termsOf(stage);
  }

  #termsOf(stage: ItemWeights): TermFeatures {
    const made = this.#terms.get(stage) ?? new TermFeatures(stage);
    this.#terms.set(stage, made);
    return made;
  }

  /** Writes candidates × WIDTH numbers, as they are (the network standardises them). */
  read(list: CandidateList, out: Float32Array): void {
    const { profile, weights, stage, candidates, scores } = list;
    this.#list.read(profile, weights);
    stage.multipliers?.readOnce(profile, weights);
    const order = orderByValue(scores);
    this.#story.countRivals(candidates, order);
    this.#writeScores(scores, order, out);
    this.#termsOf(stage).write(this.#list, candidates, WIDTH, out);
    writePartSums(this.#part, this.#list, candidates, { width: WIDTH, out });
    for (let n = 0; n < candidates.length; n++) {
      const item = candidates[n];
      const at = n * WIDTH;
      const multiplier = stage.multipliers?.of(item) ?? 1;
      out[at + LOG_MULTIPLIER] = multiplier === 1 ? 0 : Math.log(multiplier);
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
