/** A person of the data set in one sentence. */
import type { Person } from '../../api/client.ts';
import type { Messages } from '../i18n/en.ts';

export function portrait({ person }: Messages, { ratings }: Pick<Person, 'ratings'>): string {
  const scores = ratings.map(({ rating }) => rating).filter((rating) => rating !== null);
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  return person.portrait(ratings.length, scores.length, mean);
}
