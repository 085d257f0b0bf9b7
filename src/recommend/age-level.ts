/** How old one has to be for a title, read strictly: genres can only raise what its rating says. */

import type { Anime } from '../data/anime.ts';
import { AGE_RATINGS, type AgeRating } from '../data/catalogue/age-ratings.ts';

/** of titles whose rating is not known, and of adult ones */
export const UNKNOWN_AGE = 0;
export const ADULT = 1 + AGE_RATINGS.length;

/** 1 = G, 2 = PG … 5 = R+. */
export function levelOf(rating: AgeRating): number {
  return 1 + AGE_RATINGS.indexOf(rating);
}

/** A title of one of these genres has at least this rating, whatever it is marked with. */
const LEAST: readonly (readonly [genre: string, rating: AgeRating])[] = [
  ['Ecchi', 'R'],
  ['Yaoi', 'R+'],
  ['Yuri', 'R+'],
  ['Erotica', 'R+'],
  ['Boys Love', 'PG-13'],
  ['Girls Love', 'PG-13'],
  ['Horror', 'PG-13'],
  ['Thriller', 'PG-13'],
  ['Suspense', 'PG-13'],
  ['Psychological', 'PG-13'],
  ['Dementia', 'PG-13'],
  ['Harem', 'PG-13'],
];

export function ageLevelOf({
  ratingClass,
  adult,
  genres,
}: Pick<Anime, 'ratingClass' | 'adult' | 'genres'>): number {
  if (adult) return ADULT;
  const marked = AGE_RATINGS.find((rating) => ratingClass?.split(' ')[0] === rating);
  if (!marked) return UNKNOWN_AGE;
  return LEAST.reduce(
    (level, [genre, rating]) => (genres.includes(genre) ? Math.max(level, levelOf(rating)) : level),
    levelOf(marked),
  );
}
