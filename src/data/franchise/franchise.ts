/** Groups and orders the titles of a franchise, by their names and dates, and by a relations file where there is one. */
import type { Anime, FranchisePlace } from '../anime.ts';
import { NEVER_ONE_FRANCHISE } from './couplings.ts';
import { KNOWN_FRANCHISES, KNOWN_ORDERS, type KnownFranchise } from './known-franchises.ts';
import { type Entry, entryOf, titleLinks } from './links.ts';
import { byRelease, prerequisitesOf } from './order.ts';
import { type Relations, relationLinks, withSynonyms } from './relations.ts';
import { UnionFind } from './union-find.ts';

/**
 * Gives every title its place in its franchise; a title without one keeps `franchise: null`.
 * The order of `titles` is kept and does not matter.
 */
export function assignFranchises(
  titles: readonly Anime[],
  relations: Relations | null = null,
): Anime[] {
  const entries = [...titles].sort(byRelease).map(entryOf);
  const entryAt = new Map(entries.map(({ anime }, index) => [anime.animeId, index]));
  const apart = NEVER_ONE_FRANCHISE.map((ids) => ids.flatMap((id) => entryAt.get(id) ?? []));
  const stories = new UnionFind(entries.length, apart);
  const linked = new Set<number>();
  const link = (a: number, b: number) => {
    if (stories.join(a, b)) linked.add(pairKey(a, b));
  };
  for (const [a, b] of titleLinks(entries)) link(a, b);
  const known = joinKnown(entries, stories);
  if (relations)
    for (const [a, b] of relationLinks(entries, relations, (index) => stories.find(index)))
      link(a, b);

  const indexOf = new Map(entries.map((entry, index) => [entry, index]));
  const areLinked = (a: Entry, b: Entry) =>
    linked.has(pairKey(indexOf.get(a) as number, indexOf.get(b) as number));
  const places = new Map<number, FranchisePlace>();
  for (const members of stories.groups()) {
    if (members.length < 2) continue;
    const story = members.map((index) => entries[index]);
    const franchise =
      members.map((index) => known.get(index)).find((found) => found !== undefined) ?? null;
    placesOf(story, areLinked, franchise, relations).forEach((place, i) => {
      places.set(story[i].anime.animeId, place);
    });
  }
  return titles.map((anime) => ({
    ...withSynonyms(anime, relations),
    franchise: places.get(anime.animeId) ?? null,
  }));
}

type Known = Pick<KnownFranchise, 'name' | 'anthology'>;

function placesOf(
  story: readonly Entry[],
  areLinked: (a: Entry, b: Entry) => boolean,
  known: Known | null,
  relations: Relations | null,
): FranchisePlace[] {
  const before = prerequisitesOf(story, areLinked, known?.anthology ?? null);
  const order = new Map([...prequelsOf(story, relations), ...orderOf(story)]);
  const name = known?.name ?? nameOf(story);
  return story.map(({ anime }, index) => ({
    franchiseId: story[0].anime.animeId,
    name,
    position: index + 1,
    size: story.length,
    prerequisite:
      order.get(anime.animeId) ?? (before[index] < 0 ? null : story[before[index]].anime.animeId),
  }));
}

/** animeId → animeId of its prequel in the story, where relations name one; of several, the one released last. */
function prequelsOf(story: readonly Entry[], relations: Relations | null): Map<number, number> {
  const position = new Map(story.map(({ anime }, index) => [anime.animeId, index]));
  const prequels = new Map<number, number>();
  story.forEach(({ anime: { animeId } }, index) => {
    const earlier = (relations?.get(animeId)?.before ?? [])
      .flatMap((other) => position.get(other) ?? [])
      .filter((at) => at < index);
    if (earlier.length > 0) prequels.set(animeId, story[Math.max(...earlier)].anime.animeId);
  });
  return prequels;
}

/** animeId → animeId of the title before it in a curated order, where that one was released earlier. */
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

/** Joins the curated franchises. @returns the known franchise of each entry that has one */
function joinKnown(entries: readonly Entry[], stories: UnionFind): Map<number, Known> {
  const found = new Map<number, Known>();
  const join = (known: Known, members: number[]) => {
    for (const index of members) {
      if (stories.join(members[0], index) && !found.has(index)) found.set(index, known);
    }
  };
  const titles = entries.map(({ anime }) => anime.title.toLowerCase());
  for (const known of KNOWN_FRANCHISES) {
    join(
      known,
      [...titles.keys()].filter((index) => known.pattern.test(titles[index])),
    );
  }
  const indexOf = new Map(entries.map(({ anime }, index) => [anime.animeId, index]));
  for (const { name, animeIds } of KNOWN_ORDERS)
    join(
      { name },
      animeIds.flatMap((animeId) => indexOf.get(animeId) ?? []),
    );
  return found;
}

/** The best-known title names the franchise. */
function nameOf(story: readonly Entry[]): string {
  const best = story.reduce((lead, entry) =>
    entry.anime.members > lead.anime.members ? entry : lead,
  );
  return best.anime.title;
}

function pairKey(a: number, b: number): number {
  return a < b ? a * 2 ** 26 + b : b * 2 ** 26 + a;
}
