/** What a GraphQL request is answered from. */

import type { Profile } from '../../data/interactions.ts';
import type { Explanations } from '../../explain/explanations.ts';
import type { Requester } from '../../explain/model-access.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { Recommendation } from '../../recommend/ranker.ts';
import type { QueryWork } from './query-work.ts';

export interface GraphContext {
  /** one for the whole request */
  readonly bundle: Bundle;
  /** false: the lists of the data set's users are switched off */
  readonly people: boolean;
  /** runs what is costly, a piece at a time */
  readonly work: QueryWork;
  /** counts every list that is made */
  readonly count: (profile: Profile, list: readonly Recommendation[]) => void;
  readonly explanations: Explanations;
  /** the client, for budgets of the language model */
  readonly requester: Requester;
}
