/** Titles of one story, grouped and ordered: from relations where they are given, else from titles and dates. */
import type { Anime, FranchisePlace } from '../anime.ts';
import { KNOWN_FRANCHISES, KNOWN_ORDERS } from './known-franchises.ts';
import { type Entry, entryOf, titleLinks } from './links.ts';
import { byRelease, prerequisitesOf } from './order.ts';
import { type Relations, relationLinks, withSynonyms } from './relations.ts';

/**
 * Gives every title its place in its story; a title of its own keeps `franchise: null`.
 * The order of `titles` does not matter and is kept.
 */
export function assignFranchises(
  titles: readonly Anime[],
  relations: Relations | null = null,
): Anime[] {
  const entries = [...titles].sort(byRelease).map(entryOf);
  const stories = new UnionFind(entries.length);
  const linked = new Set<number>();
  const link = (a: number, b: number) => {
    stories.join(a, b);
    linked.add(pairKey(a, b));
  };
  for (const [a, b] of titleLinks(entries)) link(a, b);
  const known = joinKnown(entries, stories);
  if (relations)
    for (const [a, b] of relationLinks(entries, relations, (index) => stories.find(index)))
      link(a, b);

  const indexOf = new Map(entries.map((entry, index) => [entry, index]));
  const closely = (a: Entry, b: Entry) =>
    linked.has(pairKey(indexOf.get(a) as number, indexOf.get(b) as number));
  const places = new Map<number, FranchisePlace>();
  for (const members of stories.groups()) {
    if (members.length < 2) continue;
    const story = members.map((index) => entries[index]);
    const family =
      members.map((index) => known.get(index)).find((found) => found !== undefined) ?? null;
    placesOf(story, closely, family).forEach((place, i) => {
      places.set(story[i].anime.animeId, place);
    });
  }
  return titles.map((anime) => ({
    ...withSynonyms(anime, relations),
    franchise: places.get(anime.animeId) ?? null,
  }));
}

interface Family {
  readonly name: string;
  readonly anthology?: string;
}

function placesOf(
  story: readonly Entry[],
  closely: (a: Entry, b: Entry) => boolean,
  family: Family | null,
): FranchisePlace[] {
  const before = prerequisitesOf(story, closely, family?.anthology ?? null);
  const order = orderOf(story);
  const name = family?.name ?? nameOf(story);
  return story.map(({ anime }, index) => ({
    franchiseId: story[0].anime.animeId,
    name,
    position: index + 1,
    size: story.length,
    prerequisite:
      order.get(anime.animeId) ?? (before[index] < 0 ? null : story[before[index]].anime.animeId),
  }));
}

/** The curated orders: each title needs the one before it. Only where that one was released first. */
function orderOf(story: readonly Entry[]): Map<number, number> {
  const position = new Map(story.map(({ anime }, index) => [anime.animeId, index]));
  const order = new Map<number, number>();
  for (const { animeIds } of KNOWN_ORDERS) {
    const present = animeIds.filter((animeId) => position.has(animeId));
    for (let i = 1; i < present.length; i++) {
      const [before, after] = [present[i - 1], present[i]];
      if ((position.get(before) as number) < (position.get(after) as number))
        order.set(after, before);
    }
  }
  return order;
}

/** Joins the stories that titles alone do not reveal. @returns the family of each entry that has one */
function joinKnown(entries: readonly Entry[], stories: UnionFind): Map<number, Family> {
  const families = new Map<number, Family>();
  const join = (family: Family, members: number[]) => {
    for (const index of members) {
      stories.join(members[0], index);
      if (!families.has(index)) families.set(index, family);
    }
  };
  const titles = entries.map(({ anime }) => anime.title.toLowerCase());
  for (const family of KNOWN_FRANCHISES) {
    join(
      family,
      [...titles.keys()].filter((index) => family.pattern.test(titles[index])),
    );
  }
  const indexOf = new Map(entries.map(({ anime }, index) => [anime.animeId, index]));
  for (const { name, animeIds } of KNOWN_ORDERS)
    join(
      { name },
      animeIds.flatMap((animeId) => indexOf.get(animeId) ?? []),
    );
  return families;
}

/** The title most people know, up to where it says which season it is. */
function nameOf(story: readonly Entry[]): string {
  const best = story.reduce((lead, entry) =>
    entry.anime.members > lead.anime.members ? entry : lead,
  );
  return best.anime.title;
}

function pairKey(a: number, b: number): number {
  return a < b ? a * 2 ** 26 + b : b * 2 ** 26 + a;
}

/** Disjoint sets with path halving; the lowest index stands for its set. */
class UnionFind {
  readonly #parents: Uint32Array;

  constructor(size: number) {
    this.#parents = Uint32Array.from({ length: size }, (_, index) => index);
  }

  find(index: number): number {
    const parents = this.#parents;
    while (parents[index] !== index) {
      parents[index] = parents[parents[index]];
      index = parents[index];
    }
    return index;
  }

  join(a: number, b: number): void {
    const [first, second] = [this.find(a), this.find(b)];
    this.#parents[Math.max(first, second)] = Math.min(first, second);
  }

  /** Members ascend within a group. */
  groups(): number[][] {
    const groups = new Map<number, number[]>();
    for (let index = 0; index < this.#parents.length; index++) {
      const root = this.find(index);
      const group = groups.get(root);
      if (group) group.push(index);
      else groups.set(root, [index]);
    }
    return [...groups.values()];
  }
}
