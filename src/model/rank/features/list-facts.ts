/** What the features of candidates need of one list, counted in one pass over it. */
import { type Profile, STATUS } from '../../../data/interactions.ts';
import type { ListEntries } from '../../../linalg/list-terms.ts';
import { featurePlace } from '../feature-names.ts';
import { CodeCounts } from './code-counts.ts';
import type { TitleFacts } from './title-facts.ts';
import { shrunkMean } from './title-statistics.ts';

/** Entries of a list that there is room for at first. */
const ROOM = 512;
/** A list ends with the year up to which so much of it is from. */
const WITHIN = 0.95;
/** Of a list without dated titles. */
const USUAL_YEAR = 2010;
/** What dropping a title without scoring it says about liking, in points of rating. */
const DROPPED_DEVIATION = -2;
/** Ratings have this deviation, as if so many more of them had it. */
const USUAL_SPREAD = { points: 1.3, count: 3 };

const LIST_LENGTH = featurePlace('list-length');
const LIST_MEAN = featurePlace('list-mean');
const LIST_SPREAD = featurePlace('list-spread');
const LIST_UNSCORED = featurePlace('list-unscored');
const LIST_LISTINGS = featurePlace('list-listings');
const LIST_SCORE = featurePlace('list-score');
const LIST_END = featurePlace('list-end');
const LIST_YEAR = featurePlace('list-year');
const LIST_TV = featurePlace('list-tv');
const LIST_HARSHNESS = featurePlace('list-harshness');
const LIST_UNFINISHED = featurePlace('list-unfinished');

export class ListFacts {
  /** by item: the status in the list, 0 = not seen */
  readonly statuses: Uint8Array;
  /** by item: 1 = it is seen */
  readonly isSeen: Uint8Array;
  /** by item: preference weight, 0 = not seen */
  readonly weights: Float32Array;
  /** by item: rating − mean; 0 = not scored or not seen */
  readonly deviations: Float32Array;
  /** of the list, by kind of code */
  readonly genres: CodeCounts;
  readonly studios: CodeCounts;
  readonly types: CodeCounts;
  readonly sources: CodeCounts;
  readonly classes: CodeCounts;
  /** by year: seen titles of it; seen titles within a year of it, and their deviations added up */
  readonly #years: Uint16Array;
  readonly #yearCounts: Float64Array;
  readonly #yearDeviations: Float64Array;
  /** seen titles of a story as a chain: its first entry + 1 by story, the next entry + 1 by entry; 0 = end */
  readonly firstOfStory: Uint32Array;
  nextOfStory = new Uint32Array(ROOM);
  /** of the seen titles */
  #items = new Uint32Array(ROOM);
  #weighed = new Float32Array(ROOM);
  #deviated = new Float32Array(ROOM);
  seen = 0;
  /** years */
  end = USUAL_YEAR;
  newest = USUAL_YEAR;
  meanYear = USUAL_YEAR;
  meanListings = 0;
  meanScore = 0;
  #dated = 0;
  #mean = 0;
  #spread = 0;
  #unscored = 0;
  #tv = 0;
  #harshness = 0;
  #unfinished = 0;
  #profile: Profile | null = null;

  constructor(readonly titles: TitleFacts) {
    const { items, places, yearShares } = titles;
    this.statuses = new Uint8Array(items);
    this.isSeen = new Uint8Array(items);
    this.weights = new Float32Array(items);
    this.deviations = new Float32Array(items);
    this.genres = new CodeCounts(titles.genres);
    this.studios = new CodeCounts(titles.studios);
    this.types = new CodeCounts(titles.types);
    this.sources = new CodeCounts(titles.sources);
    this.classes = new CodeCounts(titles.classes);
    this.#years = new Uint16Array(yearShares.length + 1);
    this.#yearCounts = new Float64Array(yearShares.length + 1);
    this.#yearDeviations = new Float64Array(yearShares.length + 1);
    this.firstOfStory = new Uint32Array(
      1 + places.stories.reduce((last, story) => Math.max(last, story), 0),
    );
  }

  /** Reads a list; all else is about the list that was read last. @param weights its preference weights */
  read(profile: Profile, weights: Float32Array): void {
    this.#forget();
    this.#profile = profile;
    const { items, ratings, statuses } = profile;
    if (this.nextOfStory.length < items.length) this.#makeRoom(items.length);
    this.#mean = shrunkMean(ratings, statuses);
    for (let p = 0; p < items.length; p++)
      if (statuses[p] !== STATUS.plan_to_watch) this.#add(profile, p, weights[p]);
    this.#finish();
  }

  /** The seen titles; only good until the next list is read. */
  get entries(): ListEntries {
    return {
      count: this.seen,
      items: this.#items,
      weights: this.#weighed,
      deviations: this.#deviated,
    };
  }

  #makeRoom(count: number): void {
    this.nextOfStory = new Uint32Array(count);
    this.#items = new Uint32Array(count);
    this.#weighed = new Float32Array(count);
    this.#deviated = new Float32Array(count);
  }

  #add({ items, ratings, statuses }: Profile, p: number, weight: number): void {
    const { titles } = this;
    const item = items[p];
    const rated = ratings[p] > 0 ? 1 : 0;
    const deviation = rated
      ? ratings[p] - this.#mean
      : statuses[p] === STATUS.dropped
        ? DROPPED_DEVIATION
        : 0;
    this.#items[this.seen] = item;
    this.#weighed[this.seen] = weight;
    this.#deviated[this.seen] = deviation;
    this.seen++;
    this.statuses[item] = statuses[p];
    this.isSeen[item] = 1;
    this.weights[item] = weight;
    this.deviations[item] = deviation;
    this.genres.add(item, deviation, rated);
    this.studios.add(item, deviation, rated);
    this.types.add(item, deviation, rated);
    this.sources.add(item, deviation, rated);
    this.classes.add(item, deviation, rated);
    this.#spread += rated * deviation * deviation;
    this.#unscored += 1 - rated;
    this.#tv += titles.tv[item];
    this.#unfinished += statuses[p] === STATUS.completed ? 0 : 1;
    this.meanListings += titles.logListings[item];
    this.meanScore += titles.meanScores[item];
    if (rated) this.#harshness += ratings[p] - titles.meanScores[item];
    const year = titles.places.years[item];
    if (year > 0) this.#addYear(year, deviation);
    const story = titles.places.stories[item];
    if (story === 0) return;
    this.nextOfStory[p] = this.firstOfStory[story];
    this.firstOfStory[story] = p + 1;
  }

  #addYear(year: number, deviation: number): void {
    this.#dated++;
    this.meanYear += year;
    this.#years[year]++;
    for (let near = year - 1; near <= year + 1; near++) {
      this.#yearCounts[near]++;
      this.#yearDeviations[near] += deviation;
    }
  }

  #finish(): void {
    const { seen } = this;
    for (const counts of [this.genres, this.studios, this.types, this.sources, this.classes])
      counts.finish(seen);
    const rated = seen - this.#unscored;
    this.meanListings /= Math.max(1, seen);
    this.meanScore /= Math.max(1, seen);
    this.#harshness /= Math.max(1, rated);
    const { points, count } = USUAL_SPREAD;
    this.#spread = Math.sqrt((this.#spread + count * points ** 2) / (rated + count));
    if (this.#dated === 0) {
      this.meanYear = this.newest = this.end = USUAL_YEAR;
      return;
    }
    this.meanYear /= this.#dated;
    this.#findEnd();
  }

  /** The newest year, and the one up to which WITHIN of the list is. */
  #findEnd(): void {
    let year = this.#years.length - 1;
    while (this.#years[year] === 0) year--;
    this.newest = year;
    const most = this.#dated - Math.ceil(WITHIN * this.#dated);
    for (let newer = this.#years[year]; newer <= most; newer += this.#years[year]) year--;
    this.end = year;
  }

  /** ln of the list's share of titles within a year of `year` to everybody's. */
  yearRatio(year: number): number {
    if (year === 0) return 0;
    const share = this.titles.yearShares[year];
    return Math.log((this.#yearCounts[year] + 5 * share) / ((this.seen + 5) * share));
  }

  yearDeviation(year: number): number {
    return year === 0 ? 0 : this.#yearDeviations[year] / (this.#yearCounts[year] + 3);
  }

  /** Writes what is the same for each candidate. */
  write(out: Float32Array, at: number): void {
    const seen = Math.max(1, this.seen);
    out[at + LIST_LENGTH] = Math.log1p(this.seen);
    out[at + LIST_MEAN] = this.#mean;
    out[at + LIST_SPREAD] = this.#spread;
    out[at + LIST_UNSCORED] = this.#unscored / seen;
    out[at + LIST_LISTINGS] = this.meanListings;
    out[at + LIST_SCORE] = this.meanScore;
    out[at + LIST_END] = this.end;
    out[at + LIST_YEAR] = this.meanYear;
    out[at + LIST_TV] = this.#tv / seen;
    out[at + LIST_HARSHNESS] = this.#harshness;
    out[at + LIST_UNFINISHED] = this.#unfinished / seen;
  }

  #forget(): void {
    const { items } = this.#profile ?? { items: new Uint32Array() };
    for (let p = 0; p < items.length; p++) {
      const item = items[p];
      this.statuses[item] = 0;
      this.isSeen[item] = 0;
      this.weights[item] = 0;
      this.deviations[item] = 0;
      this.firstOfStory[this.titles.places.stories[item]] = 0;
    }
    this.#profile = null;
    for (const counts of [this.genres, this.studios, this.types, this.sources, this.classes])
      counts.clear();
    this.#years.fill(0);
    this.#yearCounts.fill(0);
    this.#yearDeviations.fill(0);
    this.seen = this.#dated = this.#spread = this.#unscored = this.#tv = 0;
    this.#harshness = this.#unfinished = 0;
    this.meanListings = this.meanScore = this.meanYear = 0;
  }
}
