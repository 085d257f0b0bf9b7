/** What a wish of the bench means. */
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { FIRST_YEAR, LAST_YEAR } from '../../src/recommend/rules.ts';

const end = Type.Union([Type.Integer(), Type.Null(), Type.String()]);
const range = Type.Optional(Type.Tuple([end, end]));
const words = Type.Optional(Type.Array(Type.String()));

const MeantRules = Type.Object(
  {
    types: words,
    genresIn: words,
    genresOut: words,
    themesIn: words,
    themesOut: words,
    studiosIn: words,
    studiosOut: words,
    /** null = open; "latest-5" = five years before the catalogue's latest */
    years: range,
    episodes: range,
    maxDuration: Type.Optional(Type.Number()),
    minScore: Type.Optional(Type.Number()),
    airing: Type.Optional(Type.String()),
    ageRating: Type.Optional(Type.String()),
    sequels: Type.Optional(Type.Boolean()),
    niche: Type.Optional(Type.Number()),
    variety: Type.Optional(Type.Number()),
    familiar: Type.Optional(Type.Boolean()),
    seen: Type.Optional(Type.Boolean()),
    extras: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type MeantRules = Static<typeof MeantRules>;

const MeantWish = Type.Object(
  {
    wish: Type.String(),
    /** main titles, in any order */
    seeds: words,
    /** titles that are named and not wanted */
    not: words,
    rules: Type.Optional(MeantRules),
    /** somebody of this age watches: the rating at most, and none of NOT_FOR_CHILDREN where it is G or PG */
    child: Type.Optional(Type.Enum(['G', 'PG', 'PG-13', 'R'])),
    /** parts that the answer has to name as not understood */
    unread: words,
    /** why the reading is not obvious */
    why: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type MeantWish = Static<typeof MeantWish>;

/** Rated for all ages in the data now and then, and still nothing for children. */
const NOT_FOR_CHILDREN = ['Dementia', 'Ecchi', 'Horror'];
const MOST_EPISODES = 10_000;

export function readWishes(data: unknown): MeantWish[] {
  return Value.Parse(Type.Array(MeantWish), data);
}

/** The rules in the shape of a request. */
export function meantRules({ rules = {}, child }: MeantWish, latest: number): MeantRules {
  const { years, episodes, genresOut = [], genresIn = [] } = rules;
  const hidden = child === 'G' || child === 'PG' ? NOT_FOR_CHILDREN : [];
  const out = [...genresOut, ...hidden.filter((genre) => !genresIn.includes(genre))];
  return {
    ...rules,
    ...(out.length > 0 ? { genresOut: [...new Set(out)] } : {}),
    ...(child ? { ageRating: child } : {}),
    ...(years
      ? { years: [yearOf(years[0], FIRST_YEAR, latest), yearOf(years[1], LAST_YEAR, latest)] }
      : {}),
    ...(episodes ? { episodes: [episodes[0], episodes[1] ?? MOST_EPISODES] } : {}),
  };
}

function yearOf(end: number | string | null, open: number, latest: number): number {
  if (typeof end === 'string') return latest - Number(end.slice('latest-'.length));
  return end ?? open;
}

export function sameRules(meant: object, read: object): boolean {
  return normal(meant) === normal(read);
}

/** Lists of names in alphabetical order, and rules by their names. */
function normal(rules: object): string {
  const entries = Object.entries(rules).map(
    ([name, value]: [string, unknown]): [string, unknown] => [
      name,
      Array.isArray(value) && typeof value[0] === 'string' ? [...value].sort() : value,
    ],
  );
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
