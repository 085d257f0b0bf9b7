/**
 * A task: what a model knows of each held-out person, and which titles it should then find. The tasks beside the
 * leaderboard's main columns are
 *
 *   new-stories.ts   everything but the held-out titles is known, and only titles of other franchises count
 *   few-known.ts     5, 20 or 50 titles are known, and all others that the person liked are targets
 *   discovery.ts     5 liked titles are known, and what is neither of their franchises nor among the best known is to
 *                    be found
 */
import type { Profile } from '../../data/interactions.ts';
import { topItems } from '../../model/top.ts';
import { LONGEST, type Relevance, type Scorer, scoresOfUnknown } from '../ranking.ts';

/** Names are those of leaderboard.json. */
export type TaskName = 'newStories' | 'discovery' | 'fewKnown5' | 'fewKnown20' | 'fewKnown50';

/** In the order of tables, with what they are called there. */
export const TASKS: readonly (readonly [TaskName, string])[] = [
  ['newStories', 'new stories'],
  ['discovery', 'discovery'],
  ['fewKnown5', '5 known'],
  ['fewKnown20', '20 known'],
  ['fewKnown50', '50 known'],
];

/** One person of a task. */
export interface TaskCase {
  readonly known: Profile;
  /** titles to find; none = the person has no part in the task */
  readonly targets: ReadonlySet<number>;
}

export interface TaskEvaluation {
  /** with at least one target */
  readonly people: number;
  readonly liked: Relevance;
}

/** The first titles of the ranking of all but the known ones; an empty list for who has no part in the task. */
export function rankCases(model: Scorer, cases: readonly TaskCase[]): ArrayLike<number>[] {
  return cases.map(({ known, targets }) =>
    targets.size === 0 ? [] : topItems(scoresOfUnknown(model, known), LONGEST).items,
  );
}
