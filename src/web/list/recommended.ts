/** What the page shows of a recommendation. */
import type { Because, Recommendation } from '../../api/client.ts';

/** A title of the profile, and its share of the score. */
export type Reason = Pick<Because, 'animeId' | 'title' | 'share'>;

export type Recommended = Pick<Recommendation, 'anime' | 'insteadOf'> & {
  readonly because: readonly Reason[];
};
