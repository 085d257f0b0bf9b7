/**
 * The titles of the built-in sample: real anime with their facts and our tags (titles/*.txt) and, for benchmarks that
 * need more, synthetic ones with random facts and names that nobody takes for real.
 */
import { readdir, readFile } from 'node:fs/promises';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { normal, type Random, random } from '../../data/random.ts';
import { OsusumeError } from '../../error.ts';
import { codeFile } from '../../program/built-file.ts';
import { parseTitle } from './title-table.ts';

const text = Type.String({ minLength: 1 });
const month = Type.String({ pattern: '^\\d{4}(-\\d{2})?$' });

const SampleTitle = Type.Object(
  {
    /** MyAnimeList's id */
    id: Type.Integer({ minimum: 1 }),
    title: text,
    english: Type.Optional(text),
    japanese: Type.Optional(text),
    type: Type.Enum(['TV', 'Movie', 'OVA', 'ONA', 'Special', 'Music']),
    /** absent while it runs */
    episodes: Type.Optional(Type.Integer({ minimum: 1 })),
    year: Type.Integer({ minimum: 1900, maximum: 2100 }),
    season: Type.Optional(Type.Enum(['winter', 'spring', 'summer', 'fall'])),
    /** 2009-04 or 2009 */
    airedFrom: month,
    airedTo: Type.Optional(month),
    /** an episode */
    minutes: Type.Integer({ minimum: 1 }),
    source: Type.Optional(text),
    studios: Type.Array(text),
    genres: Type.Array(text, { minItems: 1 }),
    ratingClass: Type.Enum(['G', 'PG', 'PG-13', 'R', 'R+', 'Rx']),
    /** rounded */
    members: Type.Integer({ minimum: 1 }),
    /** mean score to one decimal */
    score: Type.Number({ minimum: 1, maximum: 10 }),
    franchise: Type.Optional(text),
    /** 1 = first to watch */
    order: Type.Optional(Type.Integer({ minimum: 1 })),
    /** tone, themes and audience in words of our own; they shape the synthetic people and are not in the catalogue */
    tags: Type.Array(Type.String({ pattern: '^[a-z0-9-]+$' })),
    synopsis: text,
  },
  { additionalProperties: false },
);
export type SampleTitle = Static<typeof SampleTitle>;

/** Ids of synthetic titles start here, far above MyAnimeList's. */
export const FIRST_SYNTHETIC_ID = 900_001;

/** The real titles, most listed first. */
export async function realTitles(): Promise<SampleTitle[]> {
  const folder = codeFile('source/sample/titles/');
  const titles: SampleTitle[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const lines = (await readFile(new URL(name, folder), 'utf8')).split('\n');
    lines.forEach((line, l) => {
      if (line) titles.push(checked(parseTitle(line, `${name}, line ${l + 1}`), name, l + 1));
    });
  }
  return titles.sort((a, b) => b.members - a.members || a.id - b.id);
}

function checked(title: unknown, name: string, line: number): SampleTitle {
  if (Value.Check(SampleTitle, title)) return title;
  const [wrong] = Value.Errors(SampleTitle, title);
  throw new OsusumeError(
    `The built-in sample is damaged at ${name}, line ${line}, ${wrong?.instancePath}: ${wrong?.message}. Install Osusume again`,
  );
}

/** `count` titles, most listed first: the real ones, then synthetic ones drawn with `seed`. */
export async function sampleTitles(
  count: number | undefined,
  seed: number,
): Promise<SampleTitle[]> {
  const real = await realTitles();
  const wanted = count ?? real.length;
  if (wanted <= real.length) return real.slice(0, wanted);
  const titles = real.concat(syntheticTitles(wanted - real.length, real, random(seed)));
  return titles.sort((a, b) => b.members - a.members || a.id - b.id);
}

/** About a third of them continue the story of the title before. */
function syntheticTitles(
  count: number,
  real: readonly SampleTitle[],
  uniform: Random,
): SampleTitle[] {
  const titles: SampleTitle[] = [];
  for (let n = 1; n <= count; n++) {
    const fresh = freshTitle(n, real, uniform);
    const before = titles.at(-1);
    const continues = before !== undefined && (before.order ?? 1) < 5 && uniform() < 0.35;
    titles.push(continues ? continued(before, fresh, uniform) : fresh);
  }
  return titles;
}

const SEASONS = ['winter', 'spring', 'summer', 'fall'] as const;

/** Its form, genres and tags, and source are each those of a random real title. */
function freshTitle(n: number, real: readonly SampleTitle[], uniform: Random): SampleTitle {
  const pick = () => real[Math.floor(uniform() * real.length)];
  const { type, episodes = 12, minutes, ratingClass } = pick();
  const kind = pick();
  const year = 2020 - Math.floor(uniform() * uniform() * 50);
  const quarter = Math.floor(uniform() * 4);
  return {
    id: FIRST_SYNTHETIC_ID - 1 + n,
    title: `Synthetic T${String(n).padStart(5, '0')}`,
    type,
    episodes,
    year,
    ...(type === 'TV' && { season: SEASONS[quarter] }),
    airedFrom: `${year}-${String(1 + 3 * quarter).padStart(2, '0')}`,
    minutes,
    source: pick().source,
    studios: [`Synthetic Studio ${1 + Math.floor(uniform() * uniform() * 200)}`],
    genres: kind.genres.filter((genre) => genre !== 'Hentai' || ratingClass === 'Rx'),
    ratingClass,
    members: membersAtRank(uniform()),
    tags: kind.tags,
    score: Math.round(10 * Math.min(9.2, Math.max(4, 6.4 + 0.9 * normal(uniform)))) / 10,
    synopsis:
      'No such anime exists: this title and its facts were drawn at random to make a large sample.',
  };
}

/** `fresh` as the next part of the story of `before`: same genres, tags and studio, later, listed by fewer. */
function continued(before: SampleTitle, fresh: SampleTitle, uniform: Random): SampleTitle {
  const franchise = before.franchise ?? before.title;
  before.franchise = franchise;
  before.order ??= 1;
  const order = before.order + 1;
  const year = before.year + 1;
  return {
    ...fresh,
    title: `${franchise} Season ${order}`,
    type: 'TV',
    year,
    season: 'spring',
    airedFrom: `${year}-04`,
    genres: before.genres,
    tags: before.tags,
    studios: before.studios,
    source: before.source,
    ratingClass: before.ratingClass,
    members: Math.max(1, Math.round(before.members * (0.4 + 0.4 * uniform()))),
    franchise,
    order,
  };
}

/** MyAnimeList's long tail in 2020, rounded: at a share of the ranking, how many people list a title. */
const TAIL: readonly (readonly [share: number, members: number])[] = [
  [0, 400_000],
  [0.03, 280_000],
  [0.06, 150_000],
  [0.12, 60_000],
  [0.28, 9_600],
  [0.57, 1_200],
  [0.85, 200],
  [1, 1],
];

/** Log-linear interpolation between the knots of `TAIL`. */
function membersAtRank(share: number): number {
  const k = Math.max(
    1,
    TAIL.findIndex(([knot]) => knot >= share),
  );
  const [left, above] = TAIL[k - 1];
  const [right, below] = TAIL[k];
  const t = (share - left) / (right - left);
  return Math.max(1, Math.round(Math.exp((1 - t) * Math.log(above) + t * Math.log(below))));
}
