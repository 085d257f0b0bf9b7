/** A sample of users to compare a person with: what they list and how they score. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { type Interactions, profileOf, STATUS } from '../data/interactions.ts';
import { preferenceWeights } from '../data/weights.ts';
import type { Bundle } from '../recommend/bundle.ts';

export interface ReferenceUsers {
  /** the lists of the sample, without user ids */
  readonly lists: Interactions;
  /** of each entry of `lists`: its preference weight (data/weights.ts) times the `rarity` of its title */
  readonly weightedEntries: Float32Array;
  /** by user: the squared norm of their weightedEntries, without planned titles */
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

/** A user who gives at least this score loves the title. */
export const LOVE = 8;

/** 2 million entries are the lists of about 8,000 users: read in 20 ms, 30 MB. */
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
  const entries = lists.indices.length;
  const reference = {
    lists,
    weightedEntries: new Float32Array(entries),
    norms: new Float64Array(lists.users),
    weightOf: new Float64Array(lists.items),
    seenBy: new Uint32Array(lists.items),
    lovedBy: new Uint32Array(lists.items),
    rarity: new Float64Array(lists.items),
    scores: new Array<number>(10).fill(0),
  };
  await inBatches(lists.users, (person) => {
    const [from, to] = [lists.indptr[person], lists.indptr[person + 1]];
    const weights = reference.weightedEntries.subarray(from, to);
    preferenceWeights(profileOf(lists, person), options, weights);
    for (let at = from; at < to; at++) count(reference, at);
  });
  reference.seenBy.forEach((people, item) => {
    reference.rarity[item] = people === 0 ? 0 : Math.log(1 + lists.users / people);
  });
  await inBatches(lists.users, (person) => {
    for (let at = lists.indptr[person]; at < lists.indptr[person + 1]; at++) {
      reference.weightedEntries[at] *= reference.rarity[lists.indices[at]];
      if (lists.statuses[at] !== STATUS.plan_to_watch)
        reference.norms[person] += reference.weightedEntries[at] ** 2;
    }
  });
  return reference;
}

type Counts = Omit<ReferenceUsers, 'scores' | 'norms' | 'rarity'> & { readonly scores: number[] };

/** Adds one entry of the lists to the counts; its `weightedEntries` value is not yet multiplied by `rarity`. */
function count(
  { lists, weightedEntries, weightOf, seenBy, lovedBy, scores }: Counts,
  at: number,
): void {
  const item = lists.indices[at];
  const rating = lists.ratings[at];
  if (rating >= LOVE) lovedBy[item]++;
  if (lists.statuses[at] === STATUS.plan_to_watch) return;
  weightOf[item] += weightedEntries[at];
  seenBy[item]++;
  if (rating > 0) scores[rating - 1]++;
}

async function inBatches(people: number, visit: (person: number) => void): Promise<void> {
  for (let person = 0; person < people; person++) {
    if (person > 0 && person % BATCH === 0) await yieldToEventLoop();
    visit(person);
  }
}
