/** The rules about franchises: what to see first, and one title of a franchise at most. */
import { STATUS } from '../data/interactions.ts';
import type { Facets } from './facets.ts';
import { isHidden } from './filter.ts';
import type { Rules } from './rules.ts';

/** A title for the list; `insteadOf` is the title whose place it takes because it has to be seen first. */
export interface Candidate {
  readonly item: number;
  readonly insteadOf: number | null;
}

export interface FranchiseContext {
  readonly facets: Facets;
  /** by item: the status in the profile, 0 = not listed */
  readonly statuses: Uint8Array;
  /** −∞ = hidden */
  readonly scores: Float32Array;
}

/**
 * Walks down a ranking and keeps what the franchise rules allow, until `wanted` titles are found.
 * @param ranked items, best first
 */
export function applyFranchiseRules(
  ranked: Uint32Array,
  context: FranchiseContext,
  rules: Rules,
  wanted: number,
): Candidate[] {
  const { facets, scores } = context;
  const { franchises } = facets;
  const kept: Candidate[] = [];
  const taken = new Set<number>();
  const shown = new Set<number>();
  for (const item of ranked) {
    if (kept.length >= wanted) break;
    if (isHidden(item, scores, facets, rules)) continue;
    const first = rules.prerequisites ? firstToSee(item, context) : item;
    if (taken.has(first)) continue;
    // It is being watched, on hold, or hidden by another rule.
    if (first !== item && isHidden(first, scores, facets, rules)) continue;
    const franchise = franchises[first];
    if (rules.franchise && franchise >= 0) {
      if (shown.has(franchise)) continue;
      shown.add(franchise);
    }
    taken.add(first);
    kept.push({ item: first, insteadOf: first === item ? null : item });
  }
  return kept;
}

/**
 * The title itself when its prerequisites have been completed, else the earliest one that has not been. What follows
 * something dropped comes only where the rules ask for it: the dropped title is not to be seen first, then.
 */
function firstToSee(item: number, { facets, statuses }: FranchiseContext): number {
  let first = item;
  for (
    let before = facets.prerequisites[item];
    before >= 0;
    before = facets.prerequisites[before]
  ) {
    if (statuses[before] === STATUS.completed || statuses[before] === STATUS.dropped) break;
    first = before;
  }
  return first;
}
