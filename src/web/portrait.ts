/** A person of the data set in one sentence. */
import type { Person } from './answers.ts';

/** "312 titles on their list, 280 of them scored, 7.4 on average." */
export function portrait({ ratings }: Person): string {
  const scores = ratings.map(({ rating }) => rating).filter((rating) => rating !== null);
  const size = `${ratings.length} ${ratings.length === 1 ? 'title' : 'titles'} on their list`;
  if (scores.length === 0) return `${size}, none of them scored.`;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return `${size}, ${scores.length} of them scored, ${mean.toFixed(1)} on average.`;
}
