/**
 * Divides the titles that the rules leave among shelves. They are ranked once, by the model, and every shelf takes its
 * titles from that ranking: so the rules hold on each, and no title is on two.
 */
import type { Facets } from '../facets.ts';
import type { Candidate } from '../franchise-rule.ts';
import type { BegunStories } from './begun-stories.ts';
import { isHiddenGem } from './hidden-gems.ts';
import type { Seed } from './seeds.ts';
import { LEAST_TITLES, MOST_SEEDS, SHELF_TITLES, type ShelfId } from './shelf.ts';

/** So many titles of "for you" come before those of the other shelves; the others go on from what these leave. */
const FIRST = 12;
/** Titles that are ranked beyond those of "for you". */
export const SPARE = 1500;
/** Titles further down suit the list so little that another order of them would not help; gems may lie deeper. */
const NEAR = 600;

export interface FilledShelf {
  readonly id: ShelfId;
  /** the loved title that the others are like; null = it is not about one */
  readonly seed: number | null;
  /** best first */
  readonly titles: readonly Candidate[];
}

export interface ShelfSources {
  readonly facets: Facets;
  /** titles of "for you" */
  readonly limit: number;
  readonly stories: BegunStories;
  /** by item: what people with such lists say for it; null = nothing is known of the person */
  readonly people: Float32Array | null;
  /** items for which the list itself says something */
  readonly tied: ReadonlySet<number>;
  /** loved titles, best first */
  readonly seeds: readonly Seed[];
  /** chooses and orders the titles of "for you" */
  readonly vary: (titles: readonly Candidate[], limit: number) => readonly Candidate[];
}

/** @param ranked titles that the rules leave, best first */
export function fillShelves(ranked: readonly Candidate[], sources: ShelfSources): FilledShelf[] {
  const { facets, limit, people, tied, seeds, vary } = sources;
  const { begun, wanted } = sources.stories;
  const left = new Left(ranked);
  const near = new Set(ranked.slice(0, NEAR));
  const storyOf = ({ item }: Candidate) => facets.franchises[item];
  const stories = left.take(SHELF_TITLES, { where: (title) => wanted.has(storyOf(title)) });
  // A story that goes on is nothing to discover, unless it would have no shelf.
  const isNew = (title: Candidate) => stories.length === 0 || !begun.has(storyOf(title));
  const isNear = (title: Candidate) => isNew(title) && near.has(title);
  const first = left.takeThese(vary(left.where(isNew), Math.min(limit, FIRST)));
  const because = becauseShelves(left, seeds, isNear);
  const loved =
    people && left.take(SHELF_TITLES, { where: isNear, by: ({ item }) => people[item] });
  const gems = left.take(SHELF_TITLES, {
    where: (title) => isNew(title) && tied.has(title.item) && isHiddenGem(facets, title.item),
  });
  const more = left.takeThese(vary(left.where(isNew), limit - first.length));
  const shelves: FilledShelf[] = [
    { id: 'for-you', seed: null, titles: [...first, ...more] },
    { id: 'stories', seed: null, titles: stories },
    { id: 'people', seed: null, titles: loved ?? [] },
    { id: 'gems', seed: null, titles: gems },
    ...because,
  ];
  return shelves.filter(({ titles }) => titles.length > 0);
}

function becauseShelves(
  left: Left,
  seeds: readonly Seed[],
  where: (title: Candidate) => boolean,
): FilledShelf[] {
  const shelves: FilledShelf[] = [];
  for (const { item, ties } of seeds) {
    if (shelves.length === MOST_SEEDS) break;
    const titles = left.take(SHELF_TITLES, {
      where,
      by: (title) => ties.get(title.item) ?? 0,
    });
    if (titles.length > 0) shelves.push({ id: 'because', seed: item, titles });
  }
  return shelves;
}

interface Wanted {
  readonly where: (title: Candidate) => boolean;
  /** what to order by, highest first; titles for which it is not above 0 are not taken. Default: as ranked */
  readonly by?: (title: Candidate) => number;
}

/** The titles that no shelf has taken yet, best first. */
class Left {
  #titles: readonly Candidate[];

  constructor(titles: readonly Candidate[]) {
    this.#titles = titles;
  }

  where(holds: (title: Candidate) => boolean): Candidate[] {
    return this.#titles.filter(holds);
  }

  /** Takes the best `most`; none at all when there are too few for a shelf. */
  take(most: number, { where, by }: Wanted): readonly Candidate[] {
    const fitting = this.where((title) => where(title) && (!by || by(title) > 0));
    if (fitting.length < LEAST_TITLES) return [];
    if (by) fitting.sort((a, b) => by(b) - by(a));
    return this.takeThese(fitting.slice(0, most));
  }

  /** Those of `titles` that are left. */
  takeThese(titles: readonly Candidate[]): readonly Candidate[] {
    const wanted = new Set(titles.map(({ item }) => item));
    const found = new Set(this.#titles.filter(({ item }) => wanted.has(item)));
    this.#titles = this.#titles.filter((title) => !found.has(title));
    return titles.filter((title) => found.has(title));
  }
}
