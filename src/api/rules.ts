/** The rules of a request: what may be recommended. */
import { type Static, Type } from 'typebox';
import { ANIME_TYPES } from './constants/enums.ts';
import { MAX_EXCLUDED } from './constants/limits.ts';
import { DEFAULT_RULES } from './defaults.ts';
import { id, strict } from './fields.ts';

const rule = (value: boolean, description: string) =>
  Type.Optional(Type.Boolean({ default: value, description }));
const genres = (description: string) =>
  Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 100, description }));

export const RulesSchema = Type.Object(
  {
    seen: rule(DEFAULT_RULES.seen, 'also what has been seen'),
    adult: rule(DEFAULT_RULES.adult, 'also adult titles'),
    prerequisites: rule(
      DEFAULT_RULES.prerequisites,
      'what to see first comes first, nothing after something dropped',
    ),
    franchise: rule(DEFAULT_RULES.franchise, 'at most one title of a franchise'),
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
      Type.Integer({
        minimum: 0,
        default: DEFAULT_RULES.minMembers,
        description: 'people who have it on their list',
      }),
    ),
    without: Type.Optional(
      Type.Array(id(), {
        maxItems: MAX_EXCLUDED,
        description: 'animeIds of the list that are no reasons: they count nothing, and stay seen',
      }),
    ),
    planned: rule(DEFAULT_RULES.planned, 'also what the profile plans to watch'),
    familiar: rule(
      DEFAULT_RULES.familiar,
      'of a list that is a part: leave out what the person has probably seen and not named. Whole lists stay as they are',
    ),
    niche: Type.Optional(
      Type.Number({
        minimum: -1,
        maximum: 1,
        default: DEFAULT_RULES.niche,
        description: '−1 = popular, 1 = little known',
      }),
    ),
    variety: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: DEFAULT_RULES.variety,
        description: '1 = as unlike each other as possible',
      }),
    ),
  },
  strict,
);
export type RulesBody = Static<typeof RulesSchema>;

/** Changes to the default rules, or `"none"`. */
export const rulesOrNone = (description: string) =>
  Type.Optional(Type.Union([Type.Literal('none'), RulesSchema], { description }));
