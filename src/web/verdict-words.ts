/** Verdicts in words. */
import type { Verdict } from './picks.ts';

/** The few words a menu offers, from love to no. */
export const WORDS: readonly (readonly [verdict: Verdict, word: string])[] = [
  [9, 'Love it'],
  [7, 'Like it'],
  [5, 'It was fine'],
  ['seen', 'Seen, no score'],
  ['plan', 'Plan to watch'],
  ['no', 'Not for me'],
];

/** "loved, 9 of 10"; "seen" */
export function verdictWord(verdict: Verdict): string {
  if (verdict === 'seen') return 'seen';
  if (verdict === 'plan') return 'planned';
  if (verdict === 'no') return 'not for me';
  return `${verdict} of 10`;
}

/** What a select's value says; '' is no verdict. */
export function verdictOf(value: string): Verdict | null {
  if (value === 'seen' || value === 'no' || value === 'plan') return value;
  return value === '' ? null : Number(value);
}
