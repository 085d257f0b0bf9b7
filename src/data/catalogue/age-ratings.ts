/** Age ratings, from the mildest to the strictest: those of MyAnimeList without "Rx", which the field `adult` has. */
export const AGE_RATINGS = ['G', 'PG', 'PG-13', 'R', 'R+'] as const;
export type AgeRating = (typeof AGE_RATINGS)[number];
