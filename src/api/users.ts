/** Users of the data set: their lists, and what they would be recommended. */
import { type Static, Type } from 'typebox';
import { BriefSchema } from './anime.ts';
import { MAX_RECOMMENDATIONS } from './constants/limits.ts';
import { DEFAULT_RECOMMENDATIONS } from './defaults.ts';
import { because, cursor, id, limit, named, next, nullable, strict } from './fields.ts';
import { status } from './ratings.ts';

export const UserParams = Type.Object({ userId: id() });

export const UserQuery = Type.Object(
  { limit: limit(1000, { description: 'default: the whole list' }), cursor },
  strict,
);
export type UserQuery = Static<typeof UserQuery>;

export const PersonSchema = Type.Object(
  {
    userId: Type.Integer(),
    ratings: Type.Array(
      Type.Object(
        {
          anime: BriefSchema,
          rating: nullable(Type.Integer({ minimum: 1, maximum: 10 }), 'null = not scored'),
          status: status(),
        },
        named('ListEntry'),
      ),
      { description: 'best rated first, then most listed' },
    ),
    next,
  },
  named('Person'),
);
export type Person = Static<typeof PersonSchema>;

export const UserRecommendationsQuery = Type.Object(
  {
    limit: limit(MAX_RECOMMENDATIONS, { default: DEFAULT_RECOMMENDATIONS }),
    because,
    rules: Type.Optional(Type.Literal('none')),
  },
  strict,
);
export type UserRecommendationsQuery = Static<typeof UserRecommendationsQuery>;
