/** The rules of a request: what may be recommended. Their defaults are in recommend/rules.ts. */
import { type Static, Type } from 'typebox';
import { ANIME_TYPES } from './enums.ts';
import { id, strict } from './fields.ts';
import { MAX_EXCLUDED } from './limits.ts';

const rule = (description: string) => Type.Optional(Type.Boolean({ description }));
const genres = (description: string) =>
  Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 100, description }));

export const RulesSchema = Type.Object(
  {
    seen: rule('also what has been seen; default false'),
    adult: rule('also adult titles; default false'),
    prerequisites: rule(
      'what to see first comes first, nothing after something dropped; default true',
    ),
    franchise: rule('at most one title of a franchise; default true'),
    types: Type.Optional(
      Type.Array(Type.Enum([...ANIME_TYPES]), {
        maxItems: 20,
        description: 'only these; empty = all',
      }),
    ),
    genresIn: genres('titles that have all of these'),
    genresOut: genres('no title that has one of these'),
    years: Type.Optional(
      Type.Union([Type.Null(), Type.Tuple([Type.Integer(), Type.Integer()])], {
        description: '[from, to], both included',
      }),
    ),
    minMembers: Type.Optional(
      Type.Integer({ minimum: 0, description: 'people who have it on their list' }),
    ),
    without: Type.Optional(
      Type.Array(id(), {
        maxItems: MAX_EXCLUDED,
        description: 'animeIds of the list that are no reasons: they count nothing, and stay seen',
      }),
    ),
    planned: rule('also what the profile plans to watch; default true'),
    niche: Type.Optional(
      Type.Number({
        minimum: -1,
        maximum: 1,
        description: '−1 = popular, 1 = little known; default 0',
      }),
    ),
    variety: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'default 0' })),
  },
  strict,
);
export type RulesBody = Static<typeof RulesSchema>;

/** Changes to the default rules, or `"none"`. */
export const rulesOrNone = (description: string) =>
  Type.Optional(Type.Union([Type.Literal('none'), RulesSchema], { description }));
