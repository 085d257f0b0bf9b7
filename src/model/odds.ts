/**
 * What a whole list says of a title beside the sum over its titles (item-weights.ts): how many times as likely the
 * title's kind, its place in its story and its year make it.
 *
 *   score_uj · exp(later · [a later part is seen] + liking · (x̄_uj − 1) − newer · gap_uj) · standing_j
 *
 *   x̄_uj         mean preference weight of what u has seen of j's story, of titles that weigh something; 1 is as liked
 *                as the rest
 *   gap_uj       years that j is newer than u's list, at most 2. A list ends with the year up to which 95 % of its
 *                titles are from: many people stopped to keep theirs years ago
 *   standing_j   exp(−sequel) where another part is to be seen first, less for specials, OVAs and movies: the same for
 *                everybody, so slim.ts puts it into B
 *
 * A sum over titles cannot know any of these: each title of a story speaks for all of its parts, whichever are seen.
 */
import type { OddsOptions } from '../config/model-options.ts';
import type { Catalogue } from '../data/anime.ts';
import { type Profile, STATUS } from '../data/interactions.ts';

/** Where titles stand, one number a title each. */
export interface Places {
  /** 0 = not known */
  readonly years: Uint16Array;
  /** stories are numbered from 1; 0 = a title of its own */
  readonly stories: Uint32Array;
  /** in the story, from 1 */
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
export function standingOf(catalogue: Catalogue, { sequel, types }: OddsOptions): Float64Array {
  const byType: Partial<Record<string, number>> = types;
  return Float64Array.from(catalogue, ({ type, franchise }) =>
    Math.exp(-(byType[type ?? ''] ?? 0) - (franchise?.prerequisite == null ? 0 : sequel)),
  );
}

const LONGEST_GAP = 2;
const WITHIN = 0.95;
/** Fewer dated titles do not say when a list ends. */
const FEWEST_DATED = 10;
/** The end of a list of which it is not known: no title is newer. */
const NEVER = 65_535;

/** The odds of all titles for one list after another. */
export class ListOdds {
  /** by the years that a title is newer than the list */
  readonly #ofGap: readonly number[];
  readonly #early: number;
  /** dated titles, newest first */
  readonly #newest: Uint32Array;
  /** by year: how many titles are of that year or newer */
  readonly #from: Uint32Array;
  /** by story: where its titles stand in #members */
  readonly #storyEnds: Uint32Array;
  readonly #members: Uint32Array;
  // of the list that was read last
  readonly #touched: number[] = [];
  /** by story: titles that weigh something, their weights, the position of the last title seen */
  readonly #weighing: Uint16Array;
  readonly #liking: Float64Array;
  readonly #furthest: Uint16Array;
  /** seen titles by year */
  readonly #dated: Uint16Array;
  #end = NEVER;
  #last: { readonly profile: Profile; readonly weights: Float32Array } | null = null;

  /** @throws RangeError when the places are of different numbers of titles, or of more stories than titles */
  constructor(
    readonly places: Places,
    readonly options: OddsOptions,
  ) {
    const { years, stories } = places;
    const count = 1 + checkedStories(places);
    this.#ofGap = Array.from({ length: LONGEST_GAP + 1 }, (_, gap) =>
      Math.exp(-options.newer * gap),
    );
    this.#early = Math.exp(options.later);
    const items = Uint32Array.from(years.keys());
    this.#newest = items.filter((item) => years[item] > 0);
    this.#newest.sort((a, b) => years[b] - years[a] || a - b);
    this.#members = items.filter((item) => stories[item] > 0);
    this.#members.sort((a, b) => stories[a] - stories[b] || a - b);
    this.#storyEnds = new Uint32Array(count);
    for (const item of this.#members) this.#storyEnds[stories[item]]++;
    for (let story = 1; story < count; story++)
      this.#storyEnds[story] += this.#storyEnds[story - 1];
    this.#from = new Uint32Array(1 + (years[this.#newest[0]] ?? 0));
    for (const item of this.#newest) this.#from[years[item]]++;
    for (let year = this.#from.length - 2; year >= 0; year--)
      this.#from[year] += this.#from[year + 1];
    this.#dated = new Uint16Array(this.#from.length);
    this.#weighing = new Uint16Array(count);
    this.#liking = new Float64Array(count);
    this.#furthest = new Uint16Array(count);
  }

  /** As `read`, unless it is the list that was read last: nothing of it may have changed since. */
  readOnce(profile: Profile, weights: Float32Array): void {
    if (profile !== this.#last?.profile || weights !== this.#last.weights)
      this.read(profile, weights);
  }

  /**
   * Takes in a list; the other methods are about the last one.
   * @param weights its preference weights
   */
  read(profile: Profile, weights: Float32Array): void {
    const { stories, positions } = this.places;
    this.#forget();
    this.#last = { profile, weights };
    this.#end = this.#endOf(profile);
    for (let p = 0; p < weights.length; p++) {
      if (profile.statuses[p] === STATUS.plan_to_watch) continue;
      const item = profile.items[p];
      const story = stories[item];
      if (story === 0) continue;
      if (this.#furthest[story] === 0) this.#touched.push(story);
      this.#furthest[story] = Math.max(this.#furthest[story], positions[item], 1);
      // What weighs nothing, e.g. a title that is set aside, says nothing of its story either.
      if (weights[p] > 0) this.#weighing[story]++;
      this.#liking[story] += weights[p];
    }
  }

  /** Of one title. */
  of(item: number): number {
    const { stories, positions } = this.places;
    const story = stories[item];
    const early = positions[item] < this.#furthest[story] ? this.#early : 1;
    return this.#ofStory(story) * early * this.#ofYear(item);
  }

  /** Multiplies the scores of all titles. */
  apply(scores: Float32Array): void {
    const { positions } = this.places;
    const [newest, members, early] = [this.#newest, this.#members, this.#early];
    let newer = 0;
    for (let gap = LONGEST_GAP; gap > 0; gap--) {
      const odds = this.#ofGap[gap];
      const until = this.#from[this.#end + gap] ?? 0;
      for (; newer < until; newer++) scores[newest[newer]] *= odds;
    }
    for (const story of this.#touched) {
      const told = this.#ofStory(story);
      const furthest = this.#furthest[story];
      const end = this.#storyEnds[story];
      for (let at = this.#storyEnds[story - 1]; at < end; at++) {
        const item = members[at];
        scores[item] *= positions[item] < furthest ? told * early : told;
      }
    }
  }

  #ofYear(item: number): number {
    const gap = this.places.years[item] - this.#end;
    return gap <= 0 ? 1 : this.#ofGap[Math.min(gap, LONGEST_GAP)];
  }

  #ofStory(story: number): number {
    const weighing = this.#weighing[story];
    if (weighing === 0) return 1;
    return Math.exp(this.options.liking * (this.#liking[story] / weighing - 1));
  }

  /** The year up to which enough of what is seen is from; none for few titles. */
  #endOf({ items, statuses }: Profile): number {
    const { years } = this.places;
    const dated = this.#dated.fill(0);
    let count = 0;
    for (let p = 0; p < items.length; p++) {
      const year = years[items[p]];
      if (year === 0 || statuses[p] === STATUS.plan_to_watch) continue;
      dated[year]++;
      count++;
    }
    if (count < FEWEST_DATED) return NEVER;
    let year = dated.length - 1;
    for (let newer = dated[year]; newer <= count - Math.ceil(WITHIN * count); newer += dated[year])
      year--;
    return year;
  }

  #forget(): void {
    for (const story of this.#touched) {
      this.#weighing[story] = 0;
      this.#liking[story] = 0;
      this.#furthest[story] = 0;
    }
    this.#touched.length = 0;
  }
}

/** How many stories there are. */
function checkedStories({ years, stories, positions }: Places): number {
  const titles = years.length;
  if (stories.length !== titles || positions.length !== titles)
    throw new RangeError(
      `odds: ${titles} years, ${stories.length} stories and ${positions.length} positions, expected as many of each`,
    );
  const most = stories.reduce((last, story) => Math.max(last, story), 0);
  if (most > titles) throw new RangeError(`odds: story ${most} of ${titles} titles`);
  return most;
}
