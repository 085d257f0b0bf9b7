/**
 * A generative model of taste: which titles a person lists, with which status and score.
 *
 * There are `CIRCLES` kinds of taste. Each likes some genres and dislikes others, prefers a studio and an era, and has a
 * random liking for each story that no fact explains. Its affinity for a title is standardised (mean 0, deviation 1 over
 * the catalogue); it lists a title with probability ∝ members^POPULARITY · exp(STRENGTH · affinity).
 * A person is a mix of up to three circles, and with probability CROWD picks by popularity alone.
 *
 *   liking  = QUALITY · (mean score − typical) / 0.7 + AFFINITY · Σ share · affinity + noise − CENTRE
 *   rating  = round(own mean + own spread · liking)
 *
 * Most people start a story at its beginning, few continue after a part they disliked, most after one they liked.
 */

import { STATUS } from '../../data/interactions.ts';
import { normal, type Random, random } from '../../data/random.ts';
import type { SampleTitle } from './titles.ts';

const CIRCLES = 40;
const POPULARITY = 0.72;
const STRENGTH = 1.5;
const QUALITY = 0.4;
const AFFINITY = 0.75;
const NOISE = 0.65;
const CENTRE = 0.4;
/** share of picks by popularity alone */
const CROWD = 0.15;
const LOYALTY = { liked: 0.8, disliked: 0.1, backToTheStart: 0.95 };
/** draws of already listed titles before the next unlisted title is taken instead */
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
  readonly #affinity: Float32Array[];
  /** of each circle, and last by popularity alone */
  readonly #draws: Alias[];
  readonly #quality: Float32Array;
  readonly #episodes: Int32Array;
  /** neighbours in the story, −1 = none */
  readonly #previous: Int32Array;
  readonly #next: Int32Array;
  /** n = on the list of the n-th person, −n = planned by them */
  readonly #listedBy: Int32Array;
  readonly #list: DrawnList;
  #person = 0;

  constructor(titles: readonly SampleTitle[], seed: number, longest: number) {
    const uniform = random(seed);
    const popularity = Float64Array.from(titles, ({ members }) =>
      Math.exp(POPULARITY * Math.log(members)),
    );
    this.#titles = titles;
    this.#uniform = uniform;
    this.#affinity = circles(titles, uniform);
    this.#draws = this.#affinity.map(
      (affinity) => new Alias(popularity.map((p, t) => p * Math.exp(STRENGTH * affinity[t]))),
    );
    this.#draws.push(new Alias(popularity));
    const typical = listedScore(titles, popularity);
    this.#quality = Float32Array.from(titles, ({ score }) => (QUALITY * (score - typical)) / 0.7);
    this.#episodes = Int32Array.from(titles, ({ episodes }) => Math.min(episodes ?? 0, 65_535));
    const { previous, next } = stories(titles);
    this.#previous = previous;
    this.#next = next;
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
    const person = this.#newPerson();
    list.length = 0;
    let inVain = 0;
    while (list.length < length) {
      let title = this.#pick(person);
      if (this.#isListed(title)) {
        if (++inVain < PATIENCE) continue;
        title = this.#unlistedFrom(title);
      }
      inVain = 0;
      let liking = this.#take(this.#startOfStory(title), person);
      // continue the story as long as it is liked
      for (let at = list.titles[list.length - 1]; list.length < length; ) {
        at = this.#next[at];
        const loyalty = liking > 0 ? LOYALTY.liked : LOYALTY.disliked;
        if (at < 0 || this.#isListed(at) || liking === PLANNED || this.#uniform() >= loyalty) break;
        liking = this.#take(at, person);
      }
    }
    return list;
  }

  #newPerson(): Person {
    const uniform = this.#uniform;
    this.#person++;
    const count = 1 + Math.floor(uniform() * 3);
    const shares = Array.from({ length: count }, () => 0.2 + uniform());
    const sum = shares.reduce((a, b) => a + b);
    return {
      circles: shares.map(() => Math.floor(uniform() * CIRCLES)),
      shares: shares.map((share) => share / sum),
      mean: 7.7 + 0.8 * normal(uniform),
      spread: 1.5 * Math.exp(0.3 * normal(uniform)),
      planned: 0.5 * uniform() * uniform() * 2,
      unscored: uniform() < 0.08 ? 1 : 0.2 * uniform(),
    };
  }

  #pick({ circles, shares }: Person): number {
    const uniform = this.#uniform;
    if (uniform() < CROWD) return this.#draws[CIRCLES].draw(uniform);
    let u = uniform();
    let c = 0;
    while (c < circles.length - 1 && u >= shares[c]) u -= shares[c++];
    return this.#draws[circles[c]].draw(uniform);
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
      let before = this.#previous[title];
      before >= 0 && !this.#isListed(before);
      before = this.#previous[title]
    )
      title = before;
    return title;
  }

  /** Adds the title to the list. @returns how much it is liked (above 0: more than most), or `PLANNED` */
  #take(title: number, person: Person): number {
    const uniform = this.#uniform;
    const list = this.#list;
    const at = list.length++;
    const before = this.#previous[title];
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

  #liking(title: number, { circles, shares }: Person): number {
    const uniform = this.#uniform;
    let affinity = 0;
    for (let c = 0; c < circles.length; c++)
      affinity += shares[c] * this.#affinity[circles[c]][title];
    // the sum of three uniform numbers is nearly normal and cheap; variance 1/4
    const noise = 2 * (uniform() + uniform() + uniform() - 1.5);
    return this.#quality[title] + AFFINITY * affinity + NOISE * noise - CENTRE;
  }

  #watched(title: number, status: number): number {
    const episodes = this.#episodes[title];
    if (status === STATUS.completed && episodes > 0) return episodes;
    return Math.floor(this.#uniform() * (episodes || 500));
  }
}

const PLANNED = Number.NEGATIVE_INFINITY;

interface Person {
  readonly circles: readonly number[];
  /** of each circle; sum 1 */
  readonly shares: readonly number[];
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

/** Affinity of each circle for each title, standardised. */
function circles(titles: readonly SampleTitle[], uniform: Random): Float32Array[] {
  const genres = numbering();
  const stories = numbering();
  const genresOf = titles.map((title) => title.genres.map(genres.number));
  const storyOf = titles.map((title) => stories.number(title.franchise ?? title.title));
  return Array.from({ length: CIRCLES }, () => {
    const liked = genres.names.map((genre) => genreTaste(genre, uniform));
    const quirks = stories.names.map(() => normal(uniform));
    const studio = titles[Math.floor(uniform() * titles.length)].studios[0] ?? '';
    const era = 2012 - 22 * uniform() * uniform();
    return standardised(
      titles.map(({ year, studios }, t) => {
        let genre = 0;
        for (const g of genresOf[t]) genre += liked[g];
        const distance = Math.min(2, Math.abs(year - era) / 9);
        const known = genre / Math.sqrt(genresOf[t].length) - 0.4 * distance * distance;
        return known + (studios.includes(studio) ? 0.7 : 0) + 0.6 * quirks[storyOf[t]];
      }),
    );
  });
}

/** Numbers names from 0 in the order of their first appearance. */
function numbering(): {
  readonly names: readonly string[];
  readonly number: (name: string) => number;
} {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const number = (name: string) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, names.length);
    return names.push(name) - 1;
  };
  return { names, number };
}

/** A circle is indifferent to most genres, loves some and avoids some; only a few circles like adult titles. */
function genreTaste(genre: string, uniform: Random): number {
  const u = uniform();
  const quirk = 0.35 * normal(uniform);
  if (genre === 'Hentai') return u < 0.1 ? 2 : -6;
  return quirk + (u < 0.14 ? 2.8 : u > 0.88 ? -1.6 : 0);
}

/** Mean score of the listed titles, each counted as often as it is listed. */
function listedScore(titles: readonly SampleTitle[], popularity: Float64Array): number {
  const listed = popularity.reduce((a, b) => a + b);
  return titles.reduce((sum, { score }, t) => sum + score * popularity[t], 0) / listed;
}

function standardised(values: readonly number[]): Float32Array {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation =
    Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) || 1;
  return Float32Array.from(values, (v) => (v - mean) / deviation);
}

/** For each title the previous and the next one of its story, −1 = none; gaps in the order are skipped. */
function stories(titles: readonly SampleTitle[]): { previous: Int32Array; next: Int32Array } {
  const previous = new Int32Array(titles.length).fill(-1);
  const next = new Int32Array(titles.length).fill(-1);
  const parts = new Map<string, number[]>();
  titles.forEach(({ franchise }, t) => {
    if (franchise !== undefined) parts.set(franchise, [...(parts.get(franchise) ?? []), t]);
  });
  for (const story of parts.values()) {
    story.sort((a, b) => (titles[a].order ?? 0) - (titles[b].order ?? 0));
    for (let k = 1; k < story.length; k++) {
      previous[story[k]] = story[k - 1];
      next[story[k - 1]] = story[k];
    }
  }
  return { previous, next };
}

/** Draws an index with probability ∝ its weight in constant time (Walker 1977, Vose 1991). */
class Alias {
  readonly #threshold: Float32Array;
  readonly #alias: Int32Array;

  constructor(weights: Float64Array) {
    const n = weights.length;
    const mean = weights.reduce((a, b) => a + b) / n;
    const left = weights.map((weight) => weight / mean);
    this.#threshold = new Float32Array(n).fill(1);
    this.#alias = Int32Array.from(left, (_, i) => i);
    const small: number[] = [];
    const large: number[] = [];
    for (let i = 0; i < n; i++) (left[i] < 1 ? small : large).push(i);
    while (small.length > 0 && large.length > 0) {
      const below = small.pop()!;
      const above = large[large.length - 1];
      this.#threshold[below] = left[below];
      this.#alias[below] = above;
      left[above] -= 1 - left[below];
      if (left[above] < 1) small.push(large.pop()!);
    }
  }

  draw(uniform: Random): number {
    const u = uniform() * this.#alias.length;
    const i = Math.floor(u);
    return u - i < this.#threshold[i] ? i : this.#alias[i];
  }
}
