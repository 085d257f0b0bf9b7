/** Checks the titles of a list against the limits that a wish states, without the code that applies rules. */
import type { Anime } from '../../src/data/anime.ts';
import type { Recommendation } from '../../src/recommend/ranker.ts';
import type { MeantRules, MeantWish } from './meant-wish.ts';

const RATINGS = ['G', 'PG', 'PG-13', 'R', 'R+'];

type Titled = Anime & { readonly themes?: readonly string[] };

/** A line for each title of the list that the wish rules out; a wish that was not understood has no list. */
export function brokenLimits(
  { wish, seeds = [], not = [] }: MeantWish,
  rules: MeantRules,
  list: readonly Recommendation[],
): string[] {
  const says = seeds.length + not.length + Object.keys(rules).length > 0;
  if (!says) return list.length === 0 ? [] : [`“${wish}” says nothing, and has a list`];
  return list.flatMap(({ anime }) =>
    [...brokenBy(anime, rules), ...(not.includes(anime.title) ? ['is not wanted'] : [])].map(
      (limit) => `${anime.title}: ${limit}`,
    ),
  );
}

function brokenBy(anime: Titled, rules: MeantRules): string[] {
  const { genres, studios, themes = [], type, year, episodes, duration, meanScore } = anime;
  const [from, to] = ends(rules.years);
  const [fewest, most] = ends(rules.episodes);
  const limits: [name: string, isBroken: boolean][] = [
    ['adult', anime.adult],
    ['type', rules.types !== undefined && !rules.types.includes(type ?? '')],
    ['genre missing', !(rules.genresIn ?? []).every((name) => genres.includes(name))],
    ['genre unwanted', (rules.genresOut ?? []).some((name) => genres.includes(name))],
    ['theme missing', !(rules.themesIn ?? []).every((name) => themes.includes(name))],
    ['theme unwanted', (rules.themesOut ?? []).some((name) => themes.includes(name))],
    [
      'studio',
      rules.studiosIn !== undefined && !studios.some((name) => rules.studiosIn?.includes(name)),
    ],
    ['studio unwanted', studios.some((name) => rules.studiosOut?.includes(name))],
    ['year', rules.years !== undefined && !(year !== null && year >= from && year <= to)],
    [
      'episodes',
      rules.episodes !== undefined &&
        !(episodes !== null && episodes >= fewest && episodes <= most),
    ],
    [
      'length',
      rules.maxDuration !== undefined && !(duration !== null && duration <= rules.maxDuration),
    ],
    ['score', rules.minScore !== undefined && !((meanScore ?? 0) >= rules.minScore)],
    ['age', rules.ageRating !== undefined && isAbove(anime, rules.ageRating)],
  ];
  return limits.filter(([, isBroken]) => isBroken).map(([name]) => name);
}

function ends(range: MeantRules['years']): [number, number] {
  return range ? [Number(range[0]), Number(range[1])] : [0, 0];
}

/** A title of unknown rating passes only when it is made for children. */
function isAbove({ ratingClass, genres }: Anime, most: string): boolean {
  if (ratingClass === null) return !genres.includes('Kids');
  return (
    RATINGS.indexOf(ratingClass.split(' - ')[0]) > RATINGS.indexOf(most) ||
    ratingClass.startsWith('Rx')
  );
}
