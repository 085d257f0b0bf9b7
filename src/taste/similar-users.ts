/**
 * Users with similar taste, and what they love. For privacy only what several of them have in common leaves this file.
 *
 *   similarity(x, u) = ⟨x̃, ũ⟩ / √(‖x̃‖² (‖ũ‖² + h)),   x̃_i = x_i · ln(1 + people / seen by)
 *
 * Preference weights x, multiplied by the inverse user frequency (Breese, Heckerman & Kadie 1998): a rare title in common
 * says more than a popular one. The damping h keeps users with very short lists from ranking first.
 */
import type { Anime, Catalogue } from '../data/anime.ts';
import { type Profile, STATUS } from '../data/interactions.ts';
import { topItems } from '../model/top.ts';
import type { Facets } from '../recommend/facets.ts';
import { TimeSlice } from '../time-slice.ts';
import { LOVE, type ReferenceUsers } from './reference-users.ts';

export interface SimilarUsers {
  /** how many similar users there are */
  readonly people: number;
  /** the number of users that were compared */
  readonly among: number;
  /** median number of titles that a similar user and the person have both seen */
  readonly shared: number;
  /** what they love more often than others and the person has not seen, largest difference first */
  readonly loves: readonly Loved[];
}

export interface Loved {
  readonly anime: Anime;
  /** how many of the similar users love it */
  readonly lovers: number;
  /** the share of all users that loves it */
  readonly everyone: number;
}

export interface SimilarUsersContext {
  readonly catalogue: Catalogue;
  readonly facets: Facets;
  readonly reference: ReferenceUsers;
}

const PEOPLE = 30;
const DAMPING = 10;
/** A title loved by fewer users would reveal something about individuals. */
const FEWEST_LOVERS = 3;
/** Of a smaller group, which a rare title picks out, what all of them love would be known of each. */
const FEWEST_PEOPLE = 10;
/** A user with at least this similarity, undamped, is the same person in the data set, and is left out. */
const SAME = 0.999;

/** @returns null when too few users have anything in common with the profile */
export async function similarUsersOf(
  { catalogue, facets, reference }: SimilarUsersContext,
  profile: Profile,
  weights: Float32Array,
  limit: number,
): Promise<SimilarUsers | null> {
  const { similarity, shared } = await compare(reference, profile, weights);
  const { items: nearest } = topItems(similarity, PEOPLE);
  const people = Array.from(nearest).filter((person) => similarity[person] > 0);
  if (people.length < FEWEST_PEOPLE) return null;
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

/**
 * Goes through the people who have seen each title of the profile. Those of popular titles are most of the sample: the
 * event loop runs meanwhile.
 */
async function compare(
  { lists, rarity, seen, norms }: ReferenceUsers,
  { items, statuses }: Profile,
  weights: Float32Array,
) {
  const similarity = new Float64Array(lists.users);
  const shared = new Uint32Array(lists.users);
  const slice = new TimeSlice();
  let norm = 0;
  for (let p = 0; p < items.length; p++) {
    const weight = statuses[p] === STATUS.plan_to_watch ? 0 : weights[p] * rarity[items[p]];
    if (weight === 0) continue;
    norm += weight ** 2;
    for (let at = seen.indptr[items[p]]; at < seen.indptr[items[p] + 1]; at++) {
      similarity[seen.users[at]] += weight * seen.weights[at];
      shared[seen.users[at]]++;
    }
    if (slice.over) await slice.next();
  }
  for (let person = 0; norm > 0 && person < lists.users; person++) {
    const product = similarity[person];
    const undamped = product / Math.sqrt(norm * Math.max(norms[person], Number.MIN_VALUE));
    similarity[person] =
      undamped > SAME ? 0 : product / Math.sqrt(norm * (norms[person] + DAMPING));
  }
  return { similarity, shared };
}

/**
 * Ranks titles by how many more similar users love them than expected: `lovers − people · everyone`. Without the second
 * term everybody would get the same popular titles.
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

/** Whether a title is unseen, not adult (unless the person watches such titles), and not a sequel of an unseen title. */
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
