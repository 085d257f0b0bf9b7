/** The groups of features by which the second stage says what it made of a title's place. */
export const RANK_GROUPS = [
  /** continues or completes a story */
  'story',
  /** what people with such lists liked */
  'people',
  /** genre, studio, type, source, rating class */
  'kind',
  'years',
  /** how well known it is, and how long the list is */
  'known',
] as const;
export type RankGroup = (typeof RANK_GROUPS)[number];

/** What the features of one group add. */
export interface GroupTerm {
  readonly group: RankGroup;
  readonly value: number;
}

/** What the second stage adds to one title, beside an average candidate of the same list. */
export interface Order {
  /** the sum of the terms */
  readonly value: number;
  /** Shapley values: one for each group, in the order of RANK_GROUPS */
  readonly terms: readonly GroupTerm[];
}
