/**
 * How one model does for groups of users and of titles, and how long it takes to answer.
 *
 *   light … mainstream   people by list size and taste (user-groups.ts)
 *   5 known titles       everybody, but the profile has only 5 of the titles they have seen, drawn by seed; the other
 *                        known ones are not ranked either, so targets and candidates stay the same
 *   cold titles          only titles with fewer than 10 ratings in training are targets, among all titles
 *   franchises           a story counts once (franchise-units.ts)
 *   latency              `score` and the best 20 of it, one person after another, in milliseconds
 */
import type { Dataset } from '../data/dataset.ts';
import type { HeldOutUser } from '../data/held-out-users.ts';
import { sampledProfile } from '../data/split.ts';
import { hideListed } from '../model/mask.ts';
import type { Recommender } from '../model/recommender.ts';
import { topItems } from '../model/top.ts';
import { FranchiseUnits } from './franchise-units.ts';
import { LONGEST, type Relevance, rankUnknown, relevance, scoresOfUnknown } from './ranking.ts';
import { userGroups } from './user-groups.ts';

export interface GroupEvaluation {
  readonly group: string;
  /** with at least one target among the seen titles */
  readonly people: number;
  readonly liked: Relevance;
  readonly seen: Relevance;
}

export interface Breakdown {
  readonly groups: readonly GroupEvaluation[];
  readonly latency: { readonly p50: number; readonly p99: number };
}

export interface BreakdownOptions {
  /** of each item, the share of training people who list it */
  readonly listedShare: ArrayLike<number>;
  readonly seed: number;
}

const KNOWN_TITLES = 5;
const COLD_BELOW = 10;

export function breakdownOf(
  model: Recommender,
  dataset: Dataset,
  people: readonly HeldOutUser[],
  { listedShare, seed }: BreakdownOptions,
): Breakdown {
  const lists = people.map((person) => rankUnknown(model, person));
  const latency = latencyOf(model, people);
  const groups = userGroups(people, listedShare).map(({ name, members }) =>
    group(
      name,
      members.map((i) => lists[i]),
      members.map((i) => people[i]),
    ),
  );
  const few = people.map((person) => fewKnown(model, person, seed));
  const cold = coldTitles(dataset);
  const isCold = (items: ReadonlySet<number>) => new Set([...items].filter((item) => cold[item]));
  const coldPeople = people.map(({ liked, seen }) => ({
    liked: isCold(liked),
    seen: isCold(seen),
  }));
  return {
    latency,
    groups: [
      ...groups,
      group(`${KNOWN_TITLES} known titles`, few, people),
      group('cold titles', lists, coldPeople),
      byFranchise(model, dataset, people),
    ],
  };
}

function group(
  name: string,
  lists: readonly ArrayLike<number>[],
  wanted: readonly Pick<HeldOutUser, 'liked' | 'seen'>[],
): GroupEvaluation {
  return {
    group: name,
    people: wanted.filter(({ seen }) => seen.size > 0).length,
    liked: relevance(
      lists,
      wanted.map(({ liked }) => liked),
    ),
    seen: relevance(
      lists,
      wanted.map(({ seen }) => seen),
    ),
  };
}

/** The ranking for a user when only a few of their titles are known. */
function fewKnown(model: Recommender, { known, userId }: HeldOutUser, seed: number): Uint32Array {
  // Another seed: `seed` itself drew which titles are known at all.
  const scores = model.score(sampledProfile(known, KNOWN_TITLES, seed + 1, userId));
  return topItems(hideListed(scores, known), LONGEST).items;
}

/** 1 for each title with fewer than 10 ratings (scores) among the training people. */
export function coldTitles({ interactions, parts }: Dataset): Uint8Array {
  const { indptr, indices, ratings } = interactions;
  const rated = new Uint32Array(interactions.items);
  for (let p = indptr[parts.train.from]; p < indptr[parts.train.to]; p++)
    if (ratings[p] > 0) rated[indices[p]]++;
  return Uint8Array.from(rated, (count) => (count < COLD_BELOW ? 1 : 0));
}

function byFranchise(
  model: Recommender,
  { catalogue }: Dataset,
  people: readonly HeldOutUser[],
): GroupEvaluation {
  const units = new FranchiseUnits(catalogue);
  const ranked = people.map(({ known, liked, seen }) => {
    const knownUnits = units.known(known);
    const scores = units.scores(scoresOfUnknown(model, known), knownUnits);
    return {
      list: topItems(scores, LONGEST).items,
      liked: units.targets(liked, knownUnits),
      seen: units.targets(seen, knownUnits),
    };
  });
  return group(
    'franchises',
    ranked.map(({ list }) => list),
    ranked,
  );
}

function latencyOf(model: Recommender, people: readonly HeldOutUser[]) {
  const milliseconds = people.map((person) => {
    const started = performance.now();
    rankUnknown(model, person, 20);
    return performance.now() - started;
  });
  milliseconds.sort((a, b) => a - b);
  const quantile = (share: number) =>
    milliseconds[Math.max(0, Math.ceil(share * milliseconds.length) - 1)] ?? Number.NaN;
  return { p50: quantile(0.5), p99: quantile(0.99) };
}
