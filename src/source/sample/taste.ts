/**
 * A generative model of taste: which titles a person lists, with which status and score.
 *
 * A person has up to four moods (moods.ts), the later ones often near the first, and up to four things they cannot
 * stand (dislikes.ts). Most picks come from a mood, a few from what everybody has seen.
 *
 *   liking  = QUALITY · (mean score − typical) / 0.7 + AFFINITY · best fit of the moods − dislike + noise − CENTRE
 *   rating  = round(own mean + own spread · liking)
 *
 * Most people start a story at its beginning, few continue after a part they disliked, most after one they liked.
 */

import { STATUS } from '../../data/interactions.ts';
import { normal, type Random, random } from '../../data/random.ts';
import { Alias } from './alias.ts';
import { Dislikes } from './dislikes.ts';
import { drawMoods, type Mood } from './moods.ts';
import { type Stories, storiesOf } from './stories.ts';
import type { SampleTitle } from './titles.ts';

/** Moods to draw from: fewer where there are many titles, so that time and memory stay bounded. */
const MOODS = { most: 700, least: 60, cells: 3_000_000 };
/** A mood for so many titles of the list, up to a limit, and sometimes one or two more. */
const MOODS_OF_A_PERSON = { titles: 32, most: 12 };
/** share of later moods that are near the first one: the nearest of so many drawn at random */
const NEAR = { share: 0.75, of: 16 };
/** picks by popularity alone: their share, and ∝ members^exponent */
const CROWD = { share: 0.05, exponent: 0.5 };
const QUALITY = 0.4;
/** A fit of `usual` is as good as none; one of `usual + scale` is one deviation of liking better. */
const AFFINITY = { weight: 0.75, usual: 0.45, scale: 0.35, least: -1, most: 2 };
const NOISE = 0.65;
const CENTRE = 0.4;
const DISLIKE = { leftOut: 0.93, costs: 1.3 };
const LOYALTY = { liked: 0.8, disliked: 0.1, backToTheStart: 0.95 };
/** Draws of already listed titles in a row before a person takes up another mood, and after three times so many any title. */
const PATIENCE = 40;

/** The list of one person: the first `length` entries of each array. The arrays are reused for the next person. */
export interface DrawnList {
  length: number;
  /** index into the titles */
  readonly titles: Int32Array;
  readonly ratings: Uint8Array;
  readonly statuses: Uint8Array;
  readonly watched: Uint16Array;
}

/** Draws people one after the other; the same seed draws the same people. */
export class Taste {
  readonly #titles: readonly SampleTitle[];
  readonly #uniform: Random;
  readonly #moods: readonly Mood[];
  readonly #crowd: Alias;
  readonly #dislikes: Dislikes;
  readonly #quality: Float32Array;
  readonly #episodes: Int32Array;
  readonly #stories: Stories;
  /** n = on the list of the n-th person, −n = planned by them */
  readonly #listedBy: Int32Array;
  readonly #list: DrawnList;
  #person = 0;

  constructor(titles: readonly SampleTitle[], seed: number, longest: number) {
    const uniform = random(seed);
    const popularity = Float64Array.from(titles, ({ members }) => members ** CROWD.exponent);
    const moods = Math.min(MOODS.most, Math.floor(MOODS.cells / titles.length));
    this.#titles = titles;
    this.#uniform = uniform;
    this.#moods = drawMoods(titles, Math.max(MOODS.least, moods), uniform);
    this.#crowd = new Alias(popularity);
    this.#dislikes = new Dislikes(titles);
    const typical = listedScore(titles, popularity);
    this.#quality = Float32Array.from(titles, ({ score }) => (QUALITY * (score - typical)) / 0.7);
    this.#episodes = Int32Array.from(titles, ({ episodes }) => Math.min(episodes ?? 0, 65_535));
    this.#stories = storiesOf(titles);
    this.#listedBy = new Int32Array(titles.length);
    this.#list = {
      length: 0,
      titles: new Int32Array(longest),
      ratings: new Uint8Array(longest),
      statuses: new Uint8Array(longest),
      watched: new Uint16Array(longest),
    };
  }

  /** The next person's list of exactly `length` titles (at most as many as there are), in no particular order. */
  draw(length: number): DrawnList {
    const list = this.#list;
    const person = this.#newPerson(length);
    list.length = 0;
    let inVain = 0;
    while (list.length < length) {
      let title = this.#pick(person);
      if (this.#isListed(title)) {
        if (++inVain % PATIENCE === 0) this.#discover(person);
        if (inVain < 3 * PATIENCE) continue;
        title = this.#unlistedFrom(title);
      }
      inVain = 0;
      let liking = this.#take(this.#startOfStory(title), person);
      // continue the story as long as it is liked
      for (let at = list.titles[list.length - 1]; list.length < length; ) {
        at = this.#stories.next[at];
        const loyalty = liking > 0 ? LOYALTY.liked : LOYALTY.disliked;
        if (at < 0 || this.#isListed(at) || liking === PLANNED || this.#uniform() >= loyalty) break;
        liking = this.#take(at, person);
      }
    }
    return list;
  }

  #newPerson(length: number): Person {
    const uniform = this.#uniform;
    this.#person++;
    const moods = this.#newMoods(length);
    return {
      moods,
      // the first mood is the strongest
      strengths: moods.map((_, m) => (0.4 + uniform()) / Math.sqrt(m + 1)),
      dislikes: this.#dislikes.draw(
        moods.map(({ centre }) => centre),
        uniform,
      ),
      mean: 7.7 + 0.8 * normal(uniform),
      spread: 1.5 * Math.exp(0.3 * normal(uniform)),
      planned: 0.5 * uniform() * uniform() * 2,
      unscored: uniform() < 0.08 ? 1 : 0.2 * uniform(),
    };
  }

  #newMoods(length: number): Mood[] {
    const uniform = this.#uniform;
    const first = this.#anyMood();
    const moods = [first];
    const { titles, most } = MOODS_OF_A_PERSON;
    const count = Math.min(most, Math.round(length / titles + 2 * uniform()));
    for (let n = 1; n < count; n++) {
      let mood = this.#anyMood();
      for (let tries = uniform() < NEAR.share ? NEAR.of : 0; tries > 0; tries--) {
        const other = this.#anyMood();
        if (first.fit[other.centre] > first.fit[mood.centre]) mood = other;
      }
      moods.push(mood);
    }
    return moods;
  }

  #anyMood(): Mood {
    return this.#moods[Math.floor(this.#uniform() * this.#moods.length)];
  }

  #discover({ moods, strengths }: Person): void {
    moods.push(this.#anyMood());
    strengths.push(1);
  }

  #pick(person: Person): number {
    const uniform = this.#uniform;
    for (;;) {
      const title = uniform() < CROWD.share ? this.#crowd.draw(uniform) : this.#fromMood(person);
      if (!this.#dislikes.has(person.dislikes, title) || uniform() >= DISLIKE.leftOut) return title;
    }
  }

  #fromMood({ moods, strengths }: Person): number {
    let u = this.#uniform() * strengths.reduce((a, b) => a + b);
    let m = 0;
    while (m < moods.length - 1 && u >= strengths[m]) u -= strengths[m++];
    return moods[m].draws.draw(this.#uniform);
  }

  #isListed(title: number): boolean {
    return Math.abs(this.#listedBy[title]) === this.#person;
  }

  #unlistedFrom(title: number): number {
    const { length } = this.#titles;
    while (this.#isListed(title)) title = (title + 1) % length;
    return title;
  }

  #startOfStory(title: number): number {
    if (this.#uniform() >= LOYALTY.backToTheStart) return title;
    for (
      let before = this.#stories.previous[title];
      before >= 0 && !this.#isListed(before);
      before = this.#stories.previous[title]
    )
      title = before;
    return title;
  }

  /** Adds the title to the list. @returns how much it is liked (above 0: more than most), or `PLANNED` */
  #take(title: number, person: Person): number {
    const uniform = this.#uniform;
    const list = this.#list;
    const at = list.length++;
    const before = this.#stories.previous[title];
    const waits = before >= 0 && this.#listedBy[before] === -this.#person;
    list.titles[at] = title;
    if (waits || uniform() < person.planned) {
      this.#listedBy[title] = -this.#person;
      list.ratings[at] = 0;
      list.statuses[at] = STATUS.plan_to_watch;
      list.watched[at] = 0;
      return PLANNED;
    }
    this.#listedBy[title] = this.#person;
    const liking = this.#liking(title, person);
    const status = statusFor(liking, uniform());
    const unscored = status === STATUS.completed ? person.unscored : 0.4 + 0.6 * person.unscored;
    list.statuses[at] = status;
    list.ratings[at] =
      uniform() < unscored
        ? 0
        : Math.min(10, Math.max(1, Math.round(person.mean + person.spread * liking)));
    list.watched[at] = this.#watched(title, status);
    return liking;
  }

  #liking(title: number, { moods, dislikes }: Person): number {
    const uniform = this.#uniform;
    let fit = 0;
    for (const mood of moods) fit = Math.max(fit, mood.fit[title]);
    const { weight, usual, scale, least, most } = AFFINITY;
    const affinity = weight * Math.min(most, Math.max(least, (fit - usual) / scale));
    const dislike = this.#dislikes.has(dislikes, title) ? DISLIKE.costs : 0;
    // the sum of three uniform numbers is nearly normal and cheap; variance 1/4
    const noise = 2 * (uniform() + uniform() + uniform() - 1.5);
    return this.#quality[title] + affinity - dislike + NOISE * noise - CENTRE;
  }

  #watched(title: number, status: number): number {
    const episodes = this.#episodes[title];
    if (status === STATUS.completed && episodes > 0) return episodes;
    return Math.floor(this.#uniform() * (episodes || 500));
  }
}

const PLANNED = Number.NEGATIVE_INFINITY;

interface Person {
  readonly moods: Mood[];
  /** of each mood: it is chosen ∝ its strength */
  readonly strengths: number[];
  /** bits of dislikes.ts */
  readonly dislikes: number;
  /** mean of the person's scores, and how many points one deviation of liking is worth */
  readonly mean: number;
  readonly spread: number;
  /** share of titles that are only planned, and of completed ones without a score */
  readonly planned: number;
  readonly unscored: number;
}

function statusFor(liking: number, u: number): number {
  if (liking < -1.2 && u < 0.35) return STATUS.dropped;
  if (u < 0.005) return STATUS.dropped;
  if (u < 0.05) return STATUS.on_hold;
  return u < 0.1 ? STATUS.watching : STATUS.completed;
}

/** Mean score of the listed titles, each counted as often as it is listed. */
function listedScore(titles: readonly SampleTitle[], popularity: Float64Array): number {
  const listed = popularity.reduce((a, b) => a + b);
  return titles.reduce((sum, { score }, t) => sum + score * popularity[t], 0) / listed;
}
