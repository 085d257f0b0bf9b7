/**
 * What a whole list says about a title beyond the sum over its titles (item-weights.ts): how many times as likely its
 * type, its place in its franchise and its year make it.
 *
 *   score_uj · exp(later · [a later part is seen] + liking · (x̄_uj − 1) − newer · gap_uj) · standing_j
 *
 *   x̄_uj         mean preference weight of what u has seen of j's franchise, over titles with a weight above 0; 1 means
 *                liked as much as the rest of the list
 *   gap_uj       years that j is newer than u's list, at most 2. A list ends with the year up to which 95 % of its
 *                titles are from: many people stopped to keep theirs years ago
 *   standing_j   exp(−sequel) where another part should be seen first, and less for specials, OVAs and movies: the same for
 *                everybody, so slim.ts multiplies B by it
 *
 * A sum over titles cannot express any of these: each title of a franchise adds to all of its parts, seen or not.
 */
import type { ScoreMultiplierOptions } from '../../config/model-options.ts';
import type { Catalogue } from '../../data/anime.ts';
import { type Profile, STATUS } from '../../data/interactions.ts';

/** Year and franchise position of every title, one number a title each. */
export interface Places {
  /** 0 = not known */
  readonly years: Uint16Array;
  /** franchises are numbered from 1; 0 = a title without one */
  readonly stories: Uint32Array;
  /** in the franchise, from 1 */
  readonly positions: Uint16Array;
}

export function placesOf(catalogue: Catalogue): Places {
  const numbers = new Map<number, number>();
  const stories = Uint32Array.from(catalogue, ({ franchise }) => {
    if (!franchise) return 0;
    const number = numbers.get(franchise.franchiseId) ?? numbers.size + 1;
    numbers.set(franchise.franchiseId, number);
    return number;
  });
  return {
    years: Uint16Array.from(catalogue, ({ year }) => year ?? 0),
    stories,
    positions: Uint16Array.from(catalogue, ({ franchise }) => franchise?.position ?? 0),
  };
}

/** standing_j */
export function standingOf(
  catalogue: Catalogue,
  { sequel, types }: ScoreMultiplierOptions,
): Float64Array {
  const byType: Partial<Record<string, number>> = types;
  return Float64Array.from(catalogue, ({ type, franchise }) =>
    Math.exp(-(byType[type ?? ''] ?? 0) - (franchise?.prerequisite == null ? 0 : sequel)),
  );
}

const LONGEST_GAP = 2;
const WITHIN = 0.95;
/** With fewer dated titles the end of a list is not known. */
const FEWEST_DATED = 10;
/** The end of a list when it is not known: no title is newer. */
const NEVER = 65_535;

/** Numbers per title and per franchise in the tables below: values that are read together are stored together. */
const PAIR = 2;

/** The multipliers of all titles, for one list after another. */
export class ScoreMultipliers {
  /** by the years that a title is newer than the list */
  readonly #ofGap: readonly number[];
  readonly #early: number;
  /** of each title its story, and its position + 65,536 · year */
  readonly #placed: Uint32Array;
  /** dated titles, newest first */
  readonly #newest: Uint32Array;
  /** by year: how many titles are of that year or newer */
  readonly #from: Uint32Array;
  /** by story: where its members end */
  readonly #storyEnds: Uint32Array;
  /** titles of stories, a story after the other, by position: the title, and its position */
  readonly #members: Uint32Array;
  // State of the list that was read last:
  /** its stories, in the order they were met */
  readonly #touched: Uint32Array;
  #stories = 0;
  /** by story: its number in #touched + 1; 0 = none of its titles is seen */
  readonly #numbers: Uint32Array;
  /** by that number: how many titles weigh something, and the position of the last that is seen */
  readonly #seen: Uint32Array;
  /** by that number: the weights added up */
  readonly #liking: Float64Array;
  /** seen titles by year */
  readonly #dated: Uint16Array;
  #end = NEVER;
  #last: { readonly profile: Profile; readonly weights: Float32Array } | null = null;

  /** @throws RangeError when the places are of different numbers of titles, or of more stories than titles */
  constructor(
    readonly places: Places,
    readonly options: ScoreMultiplierOptions,
  ) {
    const { years, stories, positions } = places;
    const count = 1 + checkedStories(places);
    this.#ofGap = Array.from({ length: LONGEST_GAP + 1 }, (_, gap) =>
      Math.exp(-options.newer * gap),
    );
    this.#early = Math.exp(options.later);
    const items = Uint32Array.from(years.keys());
    this.#placed = new Uint32Array(PAIR * items.length);
    for (const item of items) {
      this.#placed[PAIR * item] = stories[item];
      this.#placed[PAIR * item + 1] = positions[item] + 65_536 * years[item];
    }
    this.#newest = items.filter((item) => years[item] > 0);
    this.#newest.sort((a, b) => years[b] - years[a] || a - b);
    const members = items.filter((item) => stories[item] > 0);
    members.sort((a, b) => stories[a] - stories[b] || positions[a] - positions[b] || a - b);
    this.#members = new Uint32Array(PAIR * members.length);
    this.#storyEnds = new Uint32Array(count);
    members.forEach((item, at) => {
      this.#members[PAIR * at] = item;
      this.#members[PAIR * at + 1] = positions[item];
      this.#storyEnds[stories[item]] = at + 1;
    });
    for (let story = 1; story < count; story++)
      this.#storyEnds[story] = Math.max(this.#storyEnds[story], this.#storyEnds[story - 1]);
    this.#from = new Uint32Array(1 + (years[this.#newest[0]] ?? 0));
    for (const item of this.#newest) this.#from[years[item]]++;
    for (let year = this.#from.length - 2; year >= 0; year--)
      this.#from[year] += this.#from[year + 1];
    this.#dated = new Uint16Array(this.#from.length);
    this.#touched = new Uint32Array(count);
    this.#numbers = new Uint32Array(count);
    this.#seen = new Uint32Array(PAIR * count);
    this.#liking = new Float64Array(count);
  }

  /** As `read`, unless this list was read last; it must not have changed since. */
  readOnce(profile: Profile, weights: Float32Array): void {
    if (profile !== this.#last?.profile || weights !== this.#last.weights)
      this.read(profile, weights);
  }

  /**
   * Reads a list; the other methods are about the list read last.
   * @param weights its preference weights
   */
  read(profile: Profile, weights: Float32Array): void {
    this.#forget();
    this.#last = { profile, weights };
    const { items, statuses } = profile;
    const placed = this.#placed;
    const dated = this.#dated.fill(0);
    let count = 0;
    for (let p = 0; p < weights.length; p++) {
      if (statuses[p] === STATUS.plan_to_watch) continue;
      const place = placed[PAIR * items[p] + 1];
      const year = place >>> 16;
      if (year > 0) {
        dated[year]++;
        count++;
      }
      const story = placed[PAIR * items[p]];
      if (story > 0) this.#countSeen(story, place & 65_535, weights[p]);
    }
    this.#end = endOf(dated, count);
  }

  /** Counts a seen title of `story`. */
  #countSeen(story: number, position: number, weight: number): void {
    let number = this.#numbers[story] - 1;
    if (number < 0) {
      number = this.#stories++;
      this.#numbers[story] = this.#stories;
      this.#touched[number] = story;
      this.#seen[PAIR * number] = 0;
      this.#seen[PAIR * number + 1] = 1;
      this.#liking[number] = 0;
    }
    // A title without weight, e.g. an excluded one, says nothing about its franchise either.
    if (weight > 0) this.#seen[PAIR * number]++;
    if (position > this.#seen[PAIR * number + 1]) this.#seen[PAIR * number + 1] = position;
    this.#liking[number] += weight;
  }

  /** The multiplier of one title. */
  of(item: number): number {
    const { stories, positions } = this.places;
    const number = this.#numbers[stories[item]] - 1;
    if (number < 0) return this.#ofYear(item);
    const early = positions[item] < this.#seen[PAIR * number + 1] ? this.#early : 1;
    return this.#ofStory(number) * early * this.#ofYear(item);
  }

  /** Multiplies the scores of all titles. */
  apply(scores: Float32Array): void {
    const [newest, members, ends, seen] = [
      this.#newest,
      this.#members,
      this.#storyEnds,
      this.#seen,
    ];
    let newer = 0;
    for (let gap = LONGEST_GAP; gap > 0; gap--) {
      const multiplier = this.#ofGap[gap];
      const until = this.#from[this.#end + gap] ?? 0;
      for (; newer < until; newer++) scores[newest[newer]] *= multiplier;
    }
    for (let number = 0; number < this.#stories; number++) {
      const story = this.#touched[number];
      const onTime = this.#ofStory(number);
      const early = onTime * this.#early;
      const furthest = seen[PAIR * number + 1];
      const end = PAIR * ends[story];
      let at = PAIR * ends[story - 1];
      for (; at < end && members[at + 1] < furthest; at += PAIR) scores[members[at]] *= early;
      for (; at < end; at += PAIR) scores[members[at]] *= onTime;
    }
  }

  #ofYear(item: number): number {
    const gap = this.places.years[item] - this.#end;
    return gap <= 0 ? 1 : this.#ofGap[Math.min(gap, LONGEST_GAP)];
  }

  #ofStory(number: number): number {
    const weighing = this.#seen[PAIR * number];
    if (weighing === 0) return 1;
    return Math.exp(this.options.liking * (this.#liking[number] / weighing - 1));
  }

  #forget(): void {
    for (let number = 0; number < this.#stories; number++) this.#numbers[this.#touched[number]] = 0;
    this.#stories = 0;
  }
}

/**
 * The year up to which WITHIN of the seen titles are; NEVER for short lists.
 * @param dated by year, how many of the `count` seen titles are from it
 */
function endOf(dated: Uint16Array, count: number): number {
  if (count < FEWEST_DATED) return NEVER;
  const most = count - Math.ceil(WITHIN * count);
  let year = dated.length - 1;
  for (let newer = dated[year]; newer <= most; newer += dated[year]) year--;
  return year;
}

/** The number of franchises. */
function checkedStories({ years, stories, positions }: Places): number {
  const titles = years.length;
  if (stories.length !== titles || positions.length !== titles)
    throw new RangeError(
      `score multipliers: ${titles} years, ${stories.length} stories and ${positions.length} positions, expected as many of each`,
    );
  const most = stories.reduce((last, story) => Math.max(last, story), 0);
  if (most > titles)
    throw new RangeError(`score multipliers: franchise ${most} of ${titles} titles`);
  return most;
}
