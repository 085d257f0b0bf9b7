/** The rules of a request: what may be recommended. */
import { type Static, Type } from 'typebox';
import { AGE_RATINGS, AIRING, ANIME_TYPES } from './constants/enums.ts';
import { MAX_EXCLUDED } from './constants/limits.ts';
import { DEFAULT_RULES } from './defaults.ts';
import { id, strict } from './fields.ts';

const rule = (value: boolean, description: string) =>
  Type.Optional(Type.Boolean({ default: value, description }));
const names = (description: string) =>
  Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 100, description }));
const range = (description: string) =>
  Type.Optional(
    Type.Union([Type.Null(), Type.Tuple([Type.Integer(), Type.Integer()])], { description }),
  );

export const RulesSchema = Type.Object(
  {
    seen: rule(DEFAULT_RULES.seen, 'also what has been seen'),
    adult: rule(DEFAULT_RULES.adult, 'also adult titles'),
    prerequisites: rule(DEFAULT_RULES.prerequisites, 'what to see first comes first'),
    franchise: rule(DEFAULT_RULES.franchise, 'at most one title of a franchise'),
    types: Type.Optional(
      Type.Array(Type.Enum([...ANIME_TYPES]), {
        maxItems: 20,
        description: 'only these; empty = all',
      }),
    ),
    genresIn: names('titles that have all of these'),
    genresOut: names('no title that has one of these'),
    years: range('[from, to], both included'),
    episodes: range('[least, most], both included; titles of unknown number are left out'),
    maxDuration: Type.Optional(
      Type.Union([Type.Null(), Type.Integer({ minimum: 1 })], {
        description: 'minutes of an episode at most; titles of unknown length are left out',
      }),
    ),
    minScore: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 10,
        default: DEFAULT_RULES.minScore,
        description: 'the least mean score of everybody; 0 = any',
      }),
    ),
    airing: Type.Optional(
      Type.Enum([...AIRING], {
        default: DEFAULT_RULES.airing,
        description: 'finished or airing when the data were collected',
      }),
    ),
    studiosIn: names('titles by one of these studios; empty = all'),
    studiosOut: names('no title by one of these studios'),
    themesIn: names('ids of themes: titles that have all of these'),
    themesOut: names('ids of themes: no title that has one of these'),
    ageRating: Type.Optional(
      Type.Union([Type.Null(), Type.Enum([...AGE_RATINGS])], {
        description: 'at most this rating; null = any',
      }),
    ),
    sequels: rule(DEFAULT_RULES.sequels, 'also later parts of stories that have been begun'),
    dropped: rule(
      DEFAULT_RULES.dropped,
      'also what follows something dropped, and with "seen" that title itself',
    ),
    extras: rule(
      DEFAULT_RULES.extras,
      'also recaps, picture dramas, promotional videos and music videos',
    ),
    unaired: rule(DEFAULT_RULES.unaired, 'also what had not begun when the data were collected'),
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
        description: '1 = as unlike each other as possible, within what fits the list',
      }),
    ),
  },
  strict,
);
export type RulesBody = Static<typeof RulesSchema>;

/** Changes to the default rules, or `"none"`. */
export const rulesOrNone = (description: string) =>
  Type.Optional(Type.Union([Type.Literal('none'), RulesSchema], { description }));
