/**
 * Preference weight: what an interaction says about liking, relative to the person's own mean.
 *
 *   scored:    clip(1 + slope · (rating − mean) / scale, floor, ceiling)
 *   mean:      (Σ ratings + shrinkage · 7.5) / (count + shrinkage); 7.5 is about the mean of all scores
 *   scale:     1, or with `spread` s: (own standard deviation / 1.3)^s
 *   unscored:  a weight for each status; planned titles count only by `planned` (0 = not at all)
 *
 * One person's 6 is another's 9, hence the mean. docs/models.md says what each part gains on real lists.
 */
import type { WeightOptions } from '../config/model-options.ts';
import { type Profile, STATUS } from './interactions.ts';

const TYPICAL_MEAN = 7.5;
const TYPICAL_SPREAD = 1.3;

/**
 * @param out receives one weight for each entry of `profile`; default: a new array
 * @returns `out`
 */
export function preferenceWeights(
  profile: Profile,
  options: WeightOptions,
  out: Float32Array = new Float32Array(profile.items.length),
): Float32Array {
  const { ratings, statuses } = profile;
  const { mean, scale } = personalScale(profile, options);
  const { slope, floor, ceiling, unscored } = options;
  for (let p = 0; p < ratings.length; p++) {
    const status = statuses[p];
    if (status === STATUS.plan_to_watch) {
      out[p] = options.planned;
      continue;
    }
    if (ratings[p] === 0) {
      out[p] = unscoredWeight(status, unscored);
      continue;
    }
    const weight = Math.min(ceiling, Math.max(floor, 1 + (slope * (ratings[p] - mean)) / scale));
    out[p] =
      weight *
      (status === STATUS.dropped
        ? options.dropped
        : status === STATUS.on_hold
          ? options.onHold
          : 1);
  }
  return out;
}

/** The person's mean score, and what one point means to them. Planned titles do not count. */
function personalScale({ ratings, statuses }: Profile, { shrinkage, spread }: WeightOptions) {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let p = 0; p < ratings.length; p++) {
    const rating = ratings[p];
    if (rating === 0 || statuses[p] === STATUS.plan_to_watch) continue;
    count++;
    sum += rating;
    squares += rating * rating;
  }
  const mean =
    count + shrinkage > 0 ? (sum + shrinkage * TYPICAL_MEAN) / (count + shrinkage) : TYPICAL_MEAN;
  if (spread === 0 || count < 2) return { mean, scale: 1 };
  const variance = Math.max(0, squares / count - (sum / count) ** 2);
  const shrunk = (variance * count + TYPICAL_SPREAD ** 2 * shrinkage) / (count + shrinkage);
  return { mean, scale: Math.max(0.3, Math.sqrt(shrunk) / TYPICAL_SPREAD) ** spread };
}

function unscoredWeight(status: number, unscored: WeightOptions['unscored']): number {
  switch (status) {
    case STATUS.watching:
      return unscored.watching;
    case STATUS.on_hold:
      return unscored.on_hold;
    case STATUS.dropped:
      return unscored.dropped;
    default:
      return unscored.completed;
  }
}
