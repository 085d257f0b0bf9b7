/** A sample of users to compare a person with: what they list and how they score. */
import { type Interactions, profileOf, STATUS } from '../data/interactions.ts';
import { preferenceWeights } from '../data/weights.ts';
import type { Bundle } from '../recommend/bundle.ts';
import { eventLoopTurn } from '../time-slice.ts';

export interface ReferenceUsers {
  /** the lists of the sample, without user ids */
  readonly lists: Interactions;
  /** who has seen each title */
  readonly seen: SeenBy;
  /** by user: the squared norm of their weights in `seen` */
  readonly norms: Float64Array;
  /** by item: the sum of the preference weights of these users */
  readonly weightOf: Float64Array;
  /** by item: how many of these users have seen it */
  readonly seenBy: Uint32Array;
  /** by item: how many of these users love it */
  readonly lovedBy: Uint32Array;
  /** by item: inverse user frequency ln(1 + users / seen by); a rare title in common says more than a popular one */
  readonly rarity: Float64Array;
  /** how many scores of 1, 2, … 10 there are */
  readonly scores: readonly number[];
}

/** The lists by title: title i has the entries from indptr[i] up to indptr[i + 1]. Planned titles are left out. */
export interface SeenBy {
  readonly indptr: Uint32Array;
  /** ascending within a title */
  readonly users: Uint32Array;
  /** the preference weight of the user's entry (data/weights.ts) times the `rarity` of the title */
  readonly weights: Float32Array;
}

/** A user who gives at least this score loves the title. */
export const LOVE = 8;

/** 2 million entries are the lists of about 8,000 users: read in 20 ms, 28 MB. */
const ENTRIES = 2_000_000;

const made = new WeakMap<object, Promise<ReferenceUsers>>();

export type ReferenceBundle = Pick<Bundle, 'people' | 'models'>;

/** Computed at the first call for a bundle, then kept. */
export function referenceUsersOf(bundle: ReferenceBundle): Promise<ReferenceUsers> {
  let reference = made.get(bundle.people);
  if (!reference) {
    reference = bundle.people
      .sample(ENTRIES)
      .then((lists) => referenceUsersFrom(lists, bundle.models.hybrid.options));
    // A temporary failure (too many open files, say) must not be kept.
    reference.catch(() => made.delete(bundle.people));
    made.set(bundle.people, reference);
  }
  return reference;
}

/** Users that are processed, in a few milliseconds, before yielding to the event loop. */
const BATCH = 200;

export async function referenceUsersFrom(
  lists: Interactions,
  options: Parameters<typeof preferenceWeights>[1],
): Promise<ReferenceUsers> {
  /** of each entry of `lists`: its preference weight */
  const entryWeights = new Float32Array(lists.indices.length);
  const reference = {
    lists,
    norms: new Float64Array(lists.users),
    weightOf: new Float64Array(lists.items),
    seenBy: new Uint32Array(lists.items),
    lovedBy: new Uint32Array(lists.items),
    rarity: new Float64Array(lists.items),
    scores: new Array<number>(10).fill(0),
  };
  await inBatches(lists.users, (person) => {
    const [from, to] = [lists.indptr[person], lists.indptr[person + 1]];
    const weights = entryWeights.subarray(from, to);
    preferenceWeights(profileOf(lists, person), options, weights);
    for (let at = from; at < to; at++) count(reference, entryWeights[at], at);
  });
  reference.seenBy.forEach((people, item) => {
    reference.rarity[item] = people === 0 ? 0 : Math.log(1 + lists.users / people);
  });
  const seen = emptySeenBy(reference.seenBy);
  const next = seen.indptr.slice();
  await inBatches(lists.users, (person) => {
    for (let at = lists.indptr[person]; at < lists.indptr[person + 1]; at++) {
      if (lists.statuses[at] === STATUS.plan_to_watch) continue;
      const item = lists.indices[at];
      const place = next[item]++;
      seen.users[place] = person;
      seen.weights[place] = Math.fround(entryWeights[at] * reference.rarity[item]);
      reference.norms[person] += seen.weights[place] ** 2;
    }
  });
  return { ...reference, seen };
}

/** @param seenBy by item: how many have seen it */
function emptySeenBy(seenBy: Uint32Array): SeenBy {
  const indptr = new Uint32Array(seenBy.length + 1);
  seenBy.forEach((people, item) => {
    indptr[item + 1] = indptr[item] + people;
  });
  const entries = indptr[seenBy.length];
  return { indptr, users: new Uint32Array(entries), weights: new Float32Array(entries) };
}

type Counts = Omit<ReferenceUsers, 'scores' | 'norms' | 'rarity' | 'seen'> & {
  readonly scores: number[];
};

/** Adds one entry of the lists to the counts. */
function count(
  { lists, weightOf, seenBy, lovedBy, scores }: Counts,
  weight: number,
  at: number,
): void {
  const item = lists.indices[at];
  const rating = lists.ratings[at];
  if (rating >= LOVE) lovedBy[item]++;
  if (lists.statuses[at] === STATUS.plan_to_watch) return;
  weightOf[item] += weight;
  seenBy[item]++;
  if (rating > 0) scores[rating - 1]++;
}

async function inBatches(people: number, visit: (person: number) => void): Promise<void> {
  for (let person = 0; person < people; person++) {
    if (person > 0 && person % BATCH === 0) await eventLoopTurn();
    visit(person);
  }
}
