/** First stages that have not seen some people: slim refitted on the others, for lists that the second stage learns from. */
import type { SlimOptions } from '../../../config/model-options.ts';
import type { Dataset, UserRange } from '../../../data/dataset.ts';
import { random, shuffle } from '../../../data/random.ts';
import { BlockSymmetricMatrix } from '../../../linalg/block-symmetric-matrix.ts';
import { accumulateGram, type RowSource } from '../../../linalg/gram.ts';
import { addContent, userRows } from '../../gram/gram-matrices.ts';
import { solveSlimWithParts } from '../../linear/slim.ts';
import type { FitContext } from '../../recommender.ts';
import { CandidateFeatures } from '../candidate-features.ts';
import { titleFactsOf } from '../features/title-facts.ts';
import { statisticsOf, usersOf } from '../features/title-statistics.ts';
import type { UnseenStage } from './list-collector.ts';

/** Beyond so many people a fixed number is held out once: refitting five times would take too long. */
const MOST_FOLDED = 60_000;
const HELD_OUT = 8000;
const FOLDS = 5;
/** People of a group that is held out, at most: the features of 12,000 lists are 1.4 GB. */
const MOST_OF_FOLD = 2400;
const LISTS = FOLDS * MOST_OF_FOLD;

/** Groups of people, each held out in turn: all people in five groups, or as many as there is room for. */
export function heldOutGroups(users: UserRange, seed: number): Uint32Array[] {
  const people = shuffle(usersOf(users), random(seed));
  if (people.length > MOST_FOLDED) return [people.slice(0, HELD_OUT).sort()];
  return Array.from({ length: FOLDS }, (_, fold) =>
    people
      .filter((_, n) => n % FOLDS === fold)
      .slice(0, MOST_OF_FOLD)
      .sort(),
  );
}

/** How many lists each person gives: two as long as there is room for them, titles drawn anew. */
export function listsOfEach(groups: readonly Uint32Array[]): number {
  const people = groups.reduce((sum, { length }) => sum + length, 0);
  return 2 * people <= LISTS ? 2 : 1;
}

/** Fits a first stage on `users` without `people`. */
export async function stageWithout(
  people: Uint32Array,
  dataset: Dataset,
  options: SlimOptions,
  context: FitContext,
): Promise<UnseenStage> {
  const { catalogue, interactions, parts } = dataset;
  const users = context.users ?? parts.train;
  const out = new Set(people);
  const kept = usersOf(users).filter((user) => !out.has(user));
  const gram = new BlockSymmetricMatrix(interactions.items);
  await accumulateGram([rowsOf(dataset, users, kept, options)], gram, { ...context, add: true });
  await addContent(gram, dataset, options, context);
  const statistics = statisticsOf(interactions, kept);
  const listings = { counts: statistics.seen, people: kept.length };
  const first = await solveSlimWithParts(gram, { listings, catalogue }, options, context);
  const features = new CandidateFeatures(first, titleFactsOf(catalogue, statistics));
  return { first, features };
}

/** The rows of some of `users`. */
function rowsOf(
  dataset: Dataset,
  users: UserRange,
  kept: Uint32Array,
  options: SlimOptions,
): RowSource {
  const all = userRows(dataset, users, options);
  const { indptr } = dataset.interactions;
  return {
    rows: kept.length,
    entries: kept.reduce((sum, user) => sum + indptr[user + 1] - indptr[user], 0),
    fill: (row, at, indices, values) => all.fill(kept[row] - users.from, at, indices, values),
  };
}
