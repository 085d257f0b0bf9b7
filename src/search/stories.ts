/** Which title of a story is meant: the first one unless the query says otherwise, or the one with a number. */
import type { Anime, Catalogue } from '../data/anime.ts';
import { looseKey } from './loose-key.ts';

/** A title with less than this share of the members of another one is no beginning of its story: a pilot, a promotion. */
const WELL_KNOWN = 0.35;
/** A series of fewer episodes is no season. */
const MIN_EPISODES = 5;

export class Stories {
  readonly #catalogue: Catalogue;
  /** franchiseId → items in watch order */
  readonly #items = new Map<number, number[]>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    for (const [item, { franchise }] of catalogue.entries()) {
      if (franchise === null) continue;
      const items = this.#items.get(franchise.franchiseId);
      if (items) items.push(item);
      else this.#items.set(franchise.franchiseId, [item]);
    }
    for (const items of this.#items.values()) items.sort((a, b) => this.#place(a) - this.#place(b));
  }

  /**
   * The same items, but the first well-known title of a story stands where the best of its titles stood.
   * @param ranked best first, without duplicates
   * @param share a title that stands for its story has this share of the score of the best one
   */
  firstFirst(
    ranked: readonly { readonly item: number; readonly score: number }[],
    share: number,
  ): number[] {
    const best = new Map<number, number>();
    for (const { item, score } of ranked) {
      const story = this.#storyOf(item);
      if (!best.has(story)) best.set(story, score);
    }
    const good = ranked.filter(
      ({ item, score }) => score >= share * (best.get(this.#storyOf(item)) as number),
    );
    const first = this.#firsts(good.map(({ item }) => item));
    const order = ranked.flatMap(({ item }) => [first.get(this.#storyOf(item)) ?? item, item]);
    return [...new Set(order)];
  }

  /** story → the first of its titles among these that is well known; a series if one is */
  #firsts(items: readonly number[]): Map<number, number> {
    const most = new Map<number, number>();
    for (const item of items) {
      const story = this.#storyOf(item);
      most.set(story, Math.max(most.get(story) ?? 0, this.#catalogue[item].members));
    }
    const firsts = new Map<number, number>();
    for (const item of items) {
      const story = this.#storyOf(item);
      if (this.#catalogue[item].members < WELL_KNOWN * (most.get(story) as number)) continue;
      const other = firsts.get(story);
      if (other === undefined || this.#isBefore(item, other)) firsts.set(story, item);
    }
    return firsts;
  }

  /** The franchiseId; a title without a franchise is a story of its own, with a number below 0. */
  #storyOf(item: number): number {
    return this.#catalogue[item].franchise?.franchiseId ?? -1 - item;
  }

  #isBefore(item: number, other: number): boolean {
    const [isSeries, wasSeries] = [item, other].map((each) => this.#catalogue[each].type === 'TV');
    return isSeries === wasSeries ? this.#place(item) < this.#place(other) : isSeries;
  }

  /**
   * The titles of an item's story that have this number: by their names, or else by their order among its series.
   * @param number from 1
   */
  numbered(item: number, number: number): number[] {
    const { franchise } = this.#catalogue[item];
    if (franchise === null) return [];
    const story = (this.#items.get(franchise.franchiseId) as number[]).filter(
      (other) => this.#catalogue[other].adult === this.#catalogue[item].adult,
    );
    const bases = keysOf(this.#catalogue[item]);
    const isNumbered = (other: number) =>
      keysOf(this.#catalogue[other]).some((key) => bases.some((base) => key === base + number));
    const byName = story.filter(isNumbered);
    if (byName.length > 0) return byName;
    const series = this.#seriesOf(story, item);
    const place = series[number - 1];
    return place === undefined ? [] : [place];
  }

  /** The series of a story that go on from this one; those whose names begin as its name does, if there are several. */
  #seriesOf(story: readonly number[], item: number): number[] {
    const from = this.#place(item);
    const series = story.filter((other) => {
      const { type, episodes } = this.#catalogue[other];
      if (type !== this.#catalogue[item].type || (episodes ?? MIN_EPISODES) < MIN_EPISODES)
        return false;
      return this.#place(other) >= from;
    });
    const bases = keysOf(this.#catalogue[item]);
    const alike = series.filter((other) =>
      keysOf(this.#catalogue[other]).some((key) => bases.some((base) => key.startsWith(base))),
    );
    return alike.length > 1 ? alike : series;
  }

  #place(item: number): number {
    return this.#catalogue[item].franchise?.position ?? 0;
  }
}

function keysOf({ title, titleEnglish }: Anime): string[] {
  return [title, titleEnglish].filter((name) => name !== null).map(looseKey);
}
