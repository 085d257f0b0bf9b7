/**
 * The rule `familiar`, for lists that are a part of what somebody has seen: instead of the model's scores, what the
 * person would like and has probably not seen (model/discovery).
 */
import { type Profile, STATUS } from '../data/interactions.ts';
import { type Discovery, type DiscoveryList, NO_EVIDENCE } from '../model/discovery/discovery.ts';
import { HIDDEN } from '../model/mask.ts';
import type { Facets } from './facets.ts';
import { NICHE_STRENGTH, nicheDistance } from './rerank.ts';
import type { Rules } from './rules.ts';

/** Below every title that may stand for itself. */
const LATER_PART = 2 * NO_EVIDENCE;

/**
 * Writes the logarithm of each title's value into `scores`.
 * The setting `niche` acts on both factors: towards the popular it stops minding that a title has probably been seen;
 * either way the value is multiplied as scores are (rerank.ts).
 * @returns false when the list says nothing about any title; `scores` are as they were
 */
export function rankUnfamiliar(
  discovery: Discovery,
  list: DiscoveryList,
  facets: Facets,
  rules: Pick<Rules, 'niche' | 'prerequisites'>,
  scores: Float32Array,
): boolean {
  const { niche } = rules;
  if (!discovery.read(list, 1 + Math.min(0, niche), scores)) return false;
  if (niche !== 0)
    for (let item = 0; item < scores.length; item++)
      scores[item] -=
        niche * NICHE_STRENGTH * nicheDistance(facets, item, niche, discovery.isTied(item));
  if (rules.prerequisites) demoteLaterParts(list.profile, facets, scores);
  return true;
}

/** Scores below this are as low as it: their logarithm says nothing more. */
const LEAST_SCORE = 1e-4;

/**
 * Of a list that may be whole: writes a mixture of the values and of ln(score) into `scores`. Hidden titles stay hidden.
 * @param values of rankUnfamiliar
 * @param share of the values
 */
export function mixUnfamiliar(scores: Float32Array, values: Float32Array, share: number): void {
  for (let item = 0; item < scores.length; item++) {
    if (scores[item] === HIDDEN) continue;
    const score = Math.log(Math.max(LEAST_SCORE, scores[item]));
    scores[item] = share * values[item] + (1 - share) * score;
  }
}

/**
 * A later part of a story that is not begun would be replaced by the first one, which has been ranked for itself: the
 * first is mostly better known, and what the later part says for it is in its own evidence.
 */
function demoteLaterParts(
  { items, statuses }: Profile,
  { prerequisites }: Facets,
  scores: Float32Array,
): void {
  const isCompleted = new Uint8Array(scores.length);
  for (let p = 0; p < items.length; p++)
    if (statuses[p] === STATUS.completed) isCompleted[items[p]] = 1;
  for (let item = 0; item < scores.length; item++) {
    const before = prerequisites[item];
    if (before >= 0 && isCompleted[before] === 0) scores[item] += LATER_PART;
  }
}
