/** Options of slim, the first stage of the published model; other models share some of them. */
import { type Static, Type } from 'typebox';
import { amount, section, share } from './fields.ts';
import { parseOptions } from './parse-options.ts';

/** The preference weight of an interaction; see data/weights.ts. */
export const WeightOptions = section({
  /** weight for each point above the person's own mean */
  slope: amount(0.3),
  /** 0 = points count as they are; 1 = divided by the person's own spread (relative to 1.3 points) */
  spread: share(0),
  /** the mean of someone with few scores leans towards 7.5, as if they had given this many more scores of 7.5 */
  shrinkage: amount(3),
  floor: amount(0.1),
  ceiling: amount(2.5),
  /** a listed title without a score */
  unscored: section({
    completed: amount(0.7),
    watching: amount(0.7),
    on_hold: amount(0.5),
    dropped: amount(0.1),
  }),
  /** factors on the weight of a scored title that was dropped or is on hold */
  dropped: amount(1),
  onHold: amount(1),
  /** plan-to-watch: interest, never "seen" */
  planned: amount(0),
});
export type WeightOptions = Static<typeof WeightOptions>;

/** How much each facet of a title counts in its content vector; see model/features/features.ts. */
export const FeatureOptions = section({
  genre: amount(1),
  studio: amount(1),
  source: amount(0.3),
  type: amount(0.3),
  ratingClass: amount(0.3),
  decade: amount(0.3),
  franchise: amount(1.5),
  synopsis: amount(1),
});
export type FeatureOptions = Static<typeof FeatureOptions>;

/** Score multipliers of titles, as natural logarithms; see model/item-weights/score-multipliers.ts. */
export const ScoreMultiplierOptions = section({
  /** more for a title when a later part of its franchise has been seen */
  later: amount(0.2),
  /** less for a title when another one should be seen before it */
  sequel: amount(0.1),
  /** more or less for each 1 by which the weights of the seen titles of its franchise are above or below 1 */
  liking: amount(0.1),
  /** less for each year, two at most, that a title is newer than the list */
  newer: amount(0.25),
  /** less for titles of a type */
  types: section({ Special: amount(0.1), OVA: amount(0.05), Movie: amount(0.05) }),
});
export type ScoreMultiplierOptions = Static<typeof ScoreMultiplierOptions>;

/** Of the model that is published; see model/linear/slim.ts. */
export const SlimOptions = section({
  /** λ, added to the diagonal of G */
  regularization: amount(20),
  /** β of DAN's user normalisation: a person counts by (their total weight)^−β */
  userNormalization: share(0.2),
  /** p of EDLAE: adds p/(1−p)·diag(G) to the diagonal */
  dropout: Type.Number({ minimum: 0, maximum: 0.95, default: 0.3 }),
  /** α, weight of the content rows */
  content: amount(20),
  features: FeatureOptions,
  /** titles that a title is regressed on, on average */
  neighbours: Type.Number({ minimum: 1, default: 50 }),
  /** τ: more for titles that more people list */
  listingPower: share(0.5),
  /** γ: column j of B counts (A⁻¹)_jj^γ times, so titles that few people have a little more */
  columnPower: share(0.1),
  /** how much popularity adds to a title's score for users with few titles; see model/item-weights/prior.ts */
  prior: amount(0.4),
  odds: ScoreMultiplierOptions,
  weights: WeightOptions,
});
export type SlimOptions = Static<typeof SlimOptions>;

/** @throws UsageError that names the field */
export function parseSlimOptions(value: unknown): SlimOptions {
  return parseOptions(SlimOptions, value, 'slim');
}
