/**
 * People with similar taste, and what they love. Nobody is named or shown: only what several of them have in common
 * leaves this file.
 *
 *   likeness(x, u) = ⟨x̃, ũ⟩ / √(‖x̃‖² (‖ũ‖² + h)),   x̃_i = x_i · ln(1 + people / seen by)
 *
 * Preference weights x by inverse user frequency (Breese, Heckerman & Kadie 1998): sharing what hardly anybody has seen
 * says more than sharing what everybody has. The damping h is against people who list next to nothing.
 */
import type { Anime, Catalogue } from '../data/anime.ts';
import { type Profile, STATUS } from '../data/interactions.ts';
import { topItems } from '../model/top.ts';
import type { Facets } from '../recommend/facets.ts';
import { LOVE, type ReferenceUsers } from './reference-users.ts';

export interface SimilarUsers {
  /** how many people the rest is about */
  readonly people: number;
  /** among how many they were found */
  readonly among: number;
  /** titles that they and the person have both seen: the median */
  readonly shared: number;
  /** what they love and the person has not seen, most telling first */
  readonly loves: readonly Loved[];
}

export interface Loved {
  readonly anime: Anime;
  /** how many of them love it */
  readonly lovers: number;
  /** of everyone, the share that loves it */
  readonly everyone: number;
}

export interface SimilarUsersContext {
  readonly catalogue: Catalogue;
  readonly facets: Facets;
  readonly reference: ReferenceUsers;
}

const PEOPLE = 30;
const DAMPING = 10;
/** What fewer people love would tell about one of them. */
const FEWEST_LOVERS = 3;
/** Whoever is this much like somebody is they themselves, in a data set that has them. */
const SAME = 0.999;

/** @returns null when too few people have anything in common with the profile */
export function similarUsersOf(
  { catalogue, facets, reference }: SimilarUsersContext,
  profile: Profile,
  weights: Float32Array,
  limit: number,
): SimilarUsers | null {
  const { likeness, shared } = compare(reference, profile, weights);
  const { items: nearest } = topItems(likeness, PEOPLE);
  const people = Array.from(nearest).filter((person) => likeness[person] > 0);
  if (people.length < FEWEST_LOVERS) return null;
  const common = people.map((person) => shared[person]).sort((a, b) => a - b);
  return {
    people: people.length,
    among: reference.lists.users,
    shared: common[common.length >>> 1],
    loves: lovedBy(people, reference, unseen(profile, catalogue, facets))
      .slice(0, limit)
      .map(({ item, lovers, everyone }) => ({ anime: catalogue[item], lovers, everyone })),
  };
}

function compare(reference: ReferenceUsers, { items, statuses }: Profile, weights: Float32Array) {
  const { lists, rarity, weightedEntries, norms } = reference;
  const { indptr, indices } = lists;
  const mine = new Float64Array(lists.items);
  let norm = 0;
  for (let p = 0; p < items.length; p++) {
    if (statuses[p] === STATUS.plan_to_watch) continue;
    mine[items[p]] = weights[p] * rarity[items[p]];
    norm += mine[items[p]] ** 2;
  }
  const likeness = new Float64Array(lists.users);
  const shared = new Uint32Array(lists.users);
  for (let person = 0; norm > 0 && person < lists.users; person++) {
    let product = 0;
    let both = 0;
    const end = indptr[person + 1];
    for (let at = indptr[person]; at < end; at++) {
      const own = mine[indices[at]];
      if (own === 0 || lists.statuses[at] === STATUS.plan_to_watch) continue;
      product += own * weightedEntries[at];
      both++;
    }
    const bare = product / Math.sqrt(norm * Math.max(norms[person], Number.MIN_VALUE));
    likeness[person] = bare > SAME ? 0 : product / Math.sqrt(norm * (norms[person] + DAMPING));
    shared[person] = both;
  }
  return { likeness, shared };
}

/**
 * By how many more of these people love a title than of as many others: `lovers − people · everyone`. Without the
 * second part it would be the same favourites for everybody.
 */
function lovedBy(
  people: readonly number[],
  { lists, lovedBy: all }: ReferenceUsers,
  isOpen: (item: number) => boolean,
) {
  const lovers = new Uint32Array(lists.items);
  for (const person of people) {
    for (let at = lists.indptr[person]; at < lists.indptr[person + 1]; at++)
      if (lists.ratings[at] >= LOVE) lovers[lists.indices[at]]++;
  }
  const excess = (item: number) => lovers[item] - (people.length * all[item]) / lists.users;
  return Array.from(lovers.keys())
    .filter((item) => lovers[item] >= FEWEST_LOVERS && excess(item) > 0 && isOpen(item))
    .sort((a, b) => excess(b) - excess(a) || a - b)
    .map((item) => ({ item, lovers: lovers[item], everyone: all[item] / lists.users }));
}

/** Neither seen nor adult (unless the person watches such titles), nor a sequel of something unseen. */
function unseen(
  { items, statuses }: Profile,
  catalogue: Catalogue,
  { prerequisites }: Facets,
): (item: number) => boolean {
  const seen = new Set<number>();
  let adult = false;
  for (let p = 0; p < items.length; p++) {
    if (statuses[p] === STATUS.plan_to_watch) continue;
    seen.add(items[p]);
    adult ||= catalogue[items[p]].adult;
  }
  return (item) =>
    !seen.has(item) &&
    (adult || !catalogue[item].adult) &&
    (prerequisites[item] < 0 || seen.has(prerequisites[item]));
}
