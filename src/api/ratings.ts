/** The list of ratings that a request brings. */
import { type Static, Type } from 'typebox';
import type { StatusName } from '../data/interactions.ts';
import { STATUS_NAMES } from './constants/enums.ts';
import { MAX_RATINGS } from './constants/limits.ts';

export type { StatusName };

export const status = (options: { readonly default?: StatusName } = {}) =>
  Type.Enum(STATUS_NAMES, options);

/** Other names are refused by `unknownNameOf`: a schema takes longer over them than over all the rest of a list. */
export const RatingSchema = Type.Object(
  {
    animeId: Type.Integer({
      description: "MyAnimeList's id; ids that are not in the catalogue are ignored and listed",
      examples: [5114],
    }),
    rating: Type.Optional(
      Type.Union([Type.Null(), Type.Integer({ minimum: 0, maximum: 10 })], {
        description: '1–10; absent, null or 0 = seen, not scored',
      }),
    ),
    status: Type.Optional(status({ default: 'completed' })),
  },
  { title: 'Rating' },
);
export type Rating = Static<typeof RatingSchema>;

export const ratings = Type.Array(RatingSchema, { maxItems: MAX_RATINGS });

export const whole = Type.Optional(
  Type.Boolean({
    description:
      'true: the list has all that the person has seen; false: only some of it; default: true from eight titles on',
  }),
);

/** The first name in a rating that is not one of its schema's; null when there is none. */
export function unknownNameOf(rating: Rating): string | null {
  for (const name in rating) {
    if (name !== 'animeId' && name !== 'rating' && name !== 'status') return name;
  }
  return null;
}
