/** The rules that look at a title's story: what to see first, and one title of a story at most. */
import { STATUS } from '../data/interactions.ts';
import type { Facets } from './facets.ts';
import { isHidden } from './filter.ts';
import type { Rules } from './rules.ts';

/** A title for the list; `insteadOf` is the one whose place it takes, when it has to be seen before that. */
export interface Candidate {
  readonly item: number;
  readonly insteadOf: number | null;
}

export interface Story {
  readonly facets: Facets;
  /** of each item: the status on the person's list, 0 = not listed */
  readonly standing: Uint8Array;
  /** −∞ = hidden */
  readonly scores: Float32Array;
}

/**
 * Walks down a ranking and keeps what the story rules allow, until `wanted` are found.
 * @param ranked items, best first
 */
export function applyFranchiseRules(
  ranked: Uint32Array,
  story: Story,
  rules: Rules,
  wanted: number,
): Candidate[] {
  const { facets, scores } = story;
  const { franchises } = facets;
  const kept: Candidate[] = [];
  const taken = new Set<number>();
  const told = new Set<number>();
  for (const item of ranked) {
    if (kept.length >= wanted) break;
    if (isHidden(item, scores, facets, rules)) continue;
    const first = rules.prerequisites ? firstToSee(item, story) : item;
    if (first < 0 || taken.has(first)) continue;
    // Being watched, on hold, or filtered out.
    if (first !== item && isHidden(first, scores, facets, rules)) continue;
    const franchise = franchises[first];
    if (rules.franchise && franchise >= 0) {
      if (told.has(franchise)) continue;
      told.add(franchise);
    }
    taken.add(first);
    kept.push({ item: first, insteadOf: first === item ? null : item });
  }
  return kept;
}

/**
 * The title itself when what comes before it has been completed, else the earliest that has not been.
 * −1 when something before was dropped.
 */
function firstToSee(item: number, { facets, standing }: Story): number {
  let first = item;
  for (
    let before = facets.prerequisites[item];
    before >= 0;
    before = facets.prerequisites[before]
  ) {
    if (standing[before] === STATUS.completed) break;
    if (standing[before] === STATUS.dropped) return -1;
    first = before;
  }
  return first;
}
