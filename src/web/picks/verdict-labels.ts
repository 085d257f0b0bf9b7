/** Labels of verdicts. */
import type { Messages } from '../i18n/en.ts';
import type { Verdict } from './picks.ts';

/** The verdicts that the menu offers, best first. */
export const MENU = [
  [9, 'love'],
  [7, 'like'],
  [5, 'fine'],
  [3, 'dislike'],
  ['seen', 'seen'],
  ['plan', 'plan'],
  ['no', 'no'],
] as const satisfies readonly (readonly [verdict: Verdict, name: string])[];

/** "9 of 10"; "seen" */
export function verdictLabel({ verdict: messages }: Messages, verdict: Verdict): string {
  return typeof verdict === 'number' ? messages.scored(verdict) : messages.labels[verdict];
}

/** The verdict for the value of a select element; '' = none. */
export function verdictOf(value: string): Verdict | null {
  if (value === 'seen' || value === 'no' || value === 'plan') return value;
  return value === '' ? null : Number(value);
}
