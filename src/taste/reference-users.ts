/** Everyone, to hold a taste against: what people list and how they score, from lists all over the data set. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { type Interactions, profileOf, STATUS } from '../data/interactions.ts';
import { preferenceWeights } from '../data/weights.ts';
import type { Bundle } from '../recommend/bundle.ts';

export interface ReferenceUsers {
  /** the people it was made from; who they are is not in it */
  readonly lists: Interactions;
  /** of each entry of `lists`: what it says about liking (data/weights.ts), times `rarity` of its title */
  readonly weightedEntries: Float32Array;
  /** by person: the squares of their weightedEntries added up, without planned titles */
  readonly norms: Float64Array;
  /** by item: the weights of all these people added up */
  readonly weightOf: Float64Array;
  /** by item: how many of them have seen it */
  readonly seenBy: Uint32Array;
  /** by item: how many of them love it */
  readonly lovedBy: Uint32Array;
  /** by item: ln(1 + people / seen by); sharing what hardly anybody has seen says more */
  readonly rarity: Float64Array;
  /** how many scores of 1, 2, … 10 there are */
  readonly scores: readonly number[];
}

/** Loving is a score of 8 or more. */
export const LOVE = 8;

/** 2 million entries are about 8,000 people: read in 20 ms, 30 MB. */
const ENTRIES = 2_000_000;

const made = new WeakMap<object, Promise<ReferenceUsers>>();

export type ReferenceBundle = Pick<Bundle, 'people' | 'models'>;

/** Made at the first call for a bundle. */
export function referenceUsersOf(bundle: ReferenceBundle): Promise<ReferenceUsers> {
  let reference = made.get(bundle.people);
  if (!reference) {
    reference = bundle.people
      .sample(ENTRIES)
      .then((lists) => referenceUsersFrom(lists, bundle.models.hybrid.options));
    // What failed once (too many open files, say) may go well the next time.
    reference.catch(() => made.delete(bundle.people));
    made.set(bundle.people, reference);
  }
  return reference;
}

/** People read before other work gets its turn: a few milliseconds. */
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

/** An entry of the lists, its telling still the bare weight. */
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
