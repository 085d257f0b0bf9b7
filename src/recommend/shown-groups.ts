/**
 * What people are shown of the second stage: the groups of features that count for a title, as far as the list bears them
 * out. A group's term is exact, but its features say more than its words do: that a title belongs to no story seen is
 * good for it too, and is no reason to say that it continues one.
 */
import { type Profile, STATUS } from '../data/interactions.ts';
import type { GroupTerm, Order, RankGroup } from '../model/rank/rank-groups.ts';
import type { Facets } from './facets.ts';

export interface ShownOrder extends Order {
  /** strongest first; none when it counts against the title, or nothing of it can be said in words */
  readonly shown: readonly RankGroup[];
}

/** A term below this changes hardly a place: the best 300 titles are some units apart. */
const LEAST_TERM = 0.1;
/** Of all that speaks for the title. */
const LEAST_PART = 0.2;
const MOST_SHOWN = 2;

/** A story is liked that is unscored or scored so. */
const LIKED = 7;
/** A kind is the person's when so many of their titles have one of its genres. */
const KIND_PART = 1 / 3;
/** The years are the person's when so many of their titles are at most so many years apart from it. */
const YEARS_PART = 0.15;
const YEARS_APART = 2;
/** Widely known: so many titles at most are on more lists, and no more than a tenth of a small catalogue. */
const WIDELY_KNOWN = 1000;

export class ShownGroups {
  readonly #facets: Facets;
  /** members that a widely known title has at least; null = not looked up yet */
  #known: number | null = null;

  constructor(facets: Facets) {
    this.#facets = facets;
  }

  /** The order of a title in the list of a person, with what they are shown of it. */
  of(profile: Profile, item: number, order: Order): ShownOrder {
    return { ...order, shown: order.value > 0 ? this.speakingFor(profile, item, order) : [] };
  }

  /** Groups that count for a title, as far as the list bears them out: strongest first. */
  speakingFor(profile: Profile, item: number, { terms }: Order): RankGroup[] {
    return strongest(terms, (group) => this.#holds(group, profile, item));
  }

  /** Groups that count against it, as far as the list bears them out: strongest first. */
  speakingAgainst(profile: Profile, item: number, { terms }: Order): RankGroup[] {
    const turned = terms.map(({ group, value }) => ({ group, value: -value }));
    return strongest(turned, (group) => this.#isWanting(group, profile, item));
  }

  #holds(group: RankGroup, profile: Profile, item: number): boolean {
    switch (group) {
      case 'story':
        return this.#likesStory(profile, this.#facets.franchises[item]);
      case 'people':
        return profile.items.length > 0;
      case 'kind':
        return this.#part(profile, (other) => this.#sharesGenre(item, other)) >= KIND_PART;
      case 'years':
        return this.#part(profile, (other) => this.#isOfTheTime(item, other)) >= YEARS_PART;
      case 'known':
        return this.#isWidelyKnown(item);
    }
  }

  #isWanting(group: RankGroup, profile: Profile, item: number): boolean {
    switch (group) {
      case 'story':
        return this.#leftStory(profile, this.#facets.franchises[item]);
      case 'people':
        return profile.items.length > 0;
      case 'kind':
      case 'years':
      case 'known':
        return !this.#holds(group, profile, item);
    }
  }

  #isWidelyKnown(item: number): boolean {
    const { members, items } = this.#facets;
    const place = Math.min(WIDELY_KNOWN, Math.floor(items / 10));
    this.#known ??= members.slice().sort()[items - 1 - place];
    return members[item] >= this.#known;
  }

  #likesStory({ items, ratings, statuses }: Profile, franchise: number): boolean {
    if (franchise < 0) return false;
    const { franchises } = this.#facets;
    return items.some(
      (item, p) =>
        franchises[item] === franchise &&
        (ratings[p] === 0 || ratings[p] >= LIKED) &&
        statuses[p] !== STATUS.dropped &&
        statuses[p] !== STATUS.plan_to_watch,
    );
  }

  /** A part of the story was dropped, or scored below what is liked. */
  #leftStory({ items, ratings, statuses }: Profile, franchise: number): boolean {
    if (franchise < 0) return false;
    const { franchises } = this.#facets;
    return items.some(
      (item, p) =>
        franchises[item] === franchise &&
        (statuses[p] === STATUS.dropped || (ratings[p] > 0 && ratings[p] < LIKED)),
    );
  }

  /** Of the profile's titles, how many are so. */
  #part({ items }: Profile, isSo: (item: number) => boolean): number {
    let count = 0;
    for (const item of items) if (isSo(item)) count++;
    return items.length === 0 ? 0 : count / items.length;
  }

  #sharesGenre(a: number, b: number): boolean {
    const { genreBits, words } = this.#facets;
    for (let word = 0; word < words; word++)
      if ((genreBits[a * words + word] & genreBits[b * words + word]) !== 0) return true;
    return false;
  }

  #isOfTheTime(a: number, b: number): boolean {
    const { years } = this.#facets;
    return years[a] > 0 && years[b] > 0 && Math.abs(years[a] - years[b]) <= YEARS_APART;
  }
}

/** The groups whose terms are the largest of all that are above 0, without those that do not hold. */
function strongest(terms: readonly GroupTerm[], holds: (group: RankGroup) => boolean): RankGroup[] {
  const up = terms.filter(({ value }) => value >= LEAST_TERM);
  const sum = up.reduce((total, { value }) => total + value, 0);
  return up
    .filter(({ group, value }) => value >= LEAST_PART * sum && holds(group))
    .sort((a, b) => b.value - a.value)
    .slice(0, MOST_SHOWN)
    .map(({ group }) => group);
}
