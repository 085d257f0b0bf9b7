/** What the page shows of a recommendation. */
import type { Because, Recommendation } from '../../api/client.ts';

/** A title of the profile, and its share of the score. */
export type Reason = Pick<Because, 'animeId' | 'title' | 'shareOfScore'>;

type Shown = NonNullable<Recommendation['order']>['shown'];
export type Group = Shown[number];

/** Why a title has its place. */
export type Reasons = Pick<Recommendation, 'score' | 'prior'> & {
  readonly because: readonly Reason[];
  readonly order: { readonly shown: Readonly<Shown> } | null;
};

export type Recommended = Pick<Recommendation, 'anime' | 'insteadOf'> & Reasons;
