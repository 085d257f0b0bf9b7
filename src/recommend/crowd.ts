/** Everyone, to hold a taste against: what people list and how they score, from lists all over the data set. */
import { type Interactions, STATUS } from '../data/interactions.ts';
import { preferenceWeights } from '../data/weights.ts';
import type { Bundle } from './bundle.ts';

export interface Crowd {
  /** the people it was made from; who they are is not in it */
  readonly lists: Interactions;
  /** of each entry of `lists`: what it says about liking (data/weights.ts) */
  readonly weights: Float32Array;
  /** by item: the weights of all these people added up */
  readonly weightOf: Float64Array;
  /** by item: how many of them have seen it */
  readonly seenBy: Uint32Array;
  /** how many scores of 1, 2, … 10 there are */
  readonly scores: readonly number[];
}

/** 2 million entries are about 8,000 people: read in 20 ms, 30 MB. */
const ENTRIES = 2_000_000;

const made = new WeakMap<object, Promise<Crowd>>();

export type CrowdBundle = Pick<Bundle, 'people' | 'models'>;

/** Made at the first call for a bundle. */
export function crowdOf(bundle: CrowdBundle): Promise<Crowd> {
  let crowd = made.get(bundle.people);
  if (!crowd) {
    crowd = bundle.people
      .sample(ENTRIES)
      .then((lists) => crowdFrom(lists, bundle.models.hybrid.options));
    // What failed once (too many open files, say) may go well the next time.
    crowd.catch(() => made.delete(bundle.people));
    made.set(bundle.people, crowd);
  }
  return crowd;
}

export function crowdFrom(
  lists: Interactions,
  options: Parameters<typeof preferenceWeights>[1],
): Crowd {
  const { indptr, indices, ratings, statuses } = lists;
  const weights = new Float32Array(indices.length);
  const weightOf = new Float64Array(lists.items);
  const seenBy = new Uint32Array(lists.items);
  const scores = new Array<number>(10).fill(0);
  for (let person = 0; person < lists.users; person++) {
    const [from, to] = [indptr[person], indptr[person + 1]];
    preferenceWeights(
      {
        items: indices.subarray(from, to),
        ratings: ratings.subarray(from, to),
        statuses: statuses.subarray(from, to),
      },
      options,
      weights.subarray(from, to),
    );
  }
  for (let at = 0; at < indices.length; at++) {
    if (statuses[at] === STATUS.plan_to_watch) continue;
    weightOf[indices[at]] += weights[at];
    seenBy[indices[at]]++;
    if (ratings[at] > 0) scores[ratings[at] - 1]++;
  }
  return { lists, weights, weightOf, seenBy, scores };
}
