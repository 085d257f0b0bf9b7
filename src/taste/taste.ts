/** A profile + a bundle → a portrait of the person's taste, compared with everyone's. */
import type { Anime, Catalogue } from '../data/anime.ts';
import { type Profile, STATUS } from '../data/interactions.ts';
import type { Bundle } from '../recommend/bundle.ts';
import { eventLoopTurn } from '../time-slice.ts';
import { type Influence, influenceOf } from './influence.ts';
import { everyonesShares, type Preference, preferencesOf, type Shares } from './preferences.ts';
import { type ReferenceUsers, referenceUsersOf } from './reference-users.ts';
import { type SimilarUsers, similarUsersOf } from './similar-users.ts';
import { type Surprise, surprisesOf } from './surprises.ts';

export interface Taste {
  /** number of titles seen, and how many of these are scored */
  readonly seen: number;
  readonly scored: number;
  readonly genres: readonly Preference<string>[];
  /** by id */
  readonly themes: readonly Preference<string>[];
  /** by first year: 1990 = the nineties */
  readonly decades: readonly Preference<number>[];
  readonly scale: Scale;
  /** the titles with the most influence on the recommendations */
  readonly steering: readonly Influence[];
  readonly surprises: { readonly higher: readonly Surprise[]; readonly lower: readonly Surprise[] };
  /** users with similar taste; null when there are too few */
  readonly kindred: SimilarUsers | null;
}

/** How the person scores, compared with everyone. */
export interface Scale {
  /** number of scores of 1, 2, … 10 */
  readonly mine: readonly number[];
  readonly everyone: readonly number[];
  /** null when nothing is scored */
  readonly mean: number | null;
  readonly everyoneMean: number | null;
  /** mean difference between the person's scores and the mean scores of the same titles; null when unknown */
  readonly aboveCrowd: number | null;
}

const STEERING = 5;
const SURPRISES = 4;
const LOVES = 12;

export type TasteBundle = Pick<
  Bundle,
  'catalogue' | 'items' | 'facets' | 'models' | 'people' | 'ranker'
>;

/** Yields to the event loop between its parts, each of which takes a few milliseconds. */
export async function tasteOf(bundle: TasteBundle, profile: Profile): Promise<Taste> {
  const { catalogue, facets, models } = bundle;
  const reference = await referenceUsersOf(bundle);
  await eventLoopTurn();
  const weights = models.hybrid.whole.weigh(profile);
  const everyone = kindsOfEveryone(catalogue, reference);
  const seen = profile.statuses.filter((status) => status !== STATUS.plan_to_watch).length;
  const scale = scaleOf(catalogue, profile, reference);
  const genres = preferencesOf(profile, weights, everyone.genres, (item) => catalogue[item].genres);
  const themes = preferencesOf(profile, weights, everyone.themes, (item) => catalogue[item].themes);
  const decades = preferencesOf(profile, weights, everyone.decades, (item) =>
    decadeOf(catalogue[item]),
  );
  await eventLoopTurn();
  const steering = seen === 0 ? [] : influenceOf(bundle, profile, STEERING);
  await eventLoopTurn();
  const surprises = await surprisesOf(catalogue, models.hybrid.whole, profile, SURPRISES);
  const kindred = await similarUsersOf({ catalogue, facets, reference }, profile, weights, LOVES);
  return {
    seen,
    scored: scale.mine.reduce((sum, count) => sum + count, 0),
    genres: genres.filter(({ kind, titles }) => titles > 0 || !everyone.adult.has(kind)),
    themes,
    decades,
    scale,
    steering,
    surprises,
    kindred,
  };
}

function scaleOf(
  catalogue: Catalogue,
  { items, ratings, statuses }: Profile,
  { scores }: ReferenceUsers,
): Scale {
  const mine = new Array<number>(10).fill(0);
  let difference = 0;
  let compared = 0;
  for (let p = 0; p < items.length; p++) {
    if (ratings[p] === 0 || statuses[p] === STATUS.plan_to_watch) continue;
    mine[ratings[p] - 1]++;
    const { meanScore } = catalogue[items[p]];
    if (meanScore === null) continue;
    difference += ratings[p] - meanScore;
    compared++;
  }
  return {
    mine,
    everyone: scores,
    mean: meanOf(mine),
    everyoneMean: meanOf(scores),
    aboveCrowd: compared === 0 ? null : difference / compared,
  };
}

/** @param counts number of scores of 1, 2, … 10 */
function meanOf(counts: readonly number[]): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total === 0 ? null : counts.reduce((sum, count, at) => sum + count * (at + 1), 0) / total;
}

function decadeOf({ year }: Anime): number[] {
  return year === null ? [] : [10 * Math.floor(year / 10)];
}

interface KindsOfEveryone {
  readonly genres: Shares<string>;
  readonly themes: Shares<string>;
  readonly decades: Shares<number>;
  /** genres most of whose titles are adult: not watching them says nothing about taste */
  readonly adult: ReadonlySet<string>;
}

const kindsByReference = new WeakMap<ReferenceUsers, KindsOfEveryone>();

function kindsOfEveryone(catalogue: Catalogue, reference: ReferenceUsers): KindsOfEveryone {
  let kinds = kindsByReference.get(reference);
  if (!kinds) {
    kinds = {
      genres: everyonesShares(reference.weightOf, (item) => catalogue[item].genres),
      themes: everyonesShares(reference.weightOf, (item) => catalogue[item].themes),
      decades: everyonesShares(reference.weightOf, (item) => decadeOf(catalogue[item])),
      adult: adultKinds(catalogue),
    };
    kindsByReference.set(reference, kinds);
  }
  return kinds;
}

function adultKinds(catalogue: Catalogue): Set<string> {
  const balance = new Map<string, number>();
  for (const { genres, adult } of catalogue)
    for (const genre of genres) balance.set(genre, (balance.get(genre) ?? 0) + (adult ? 1 : -1));
  return new Set([...balance.keys()].filter((genre) => (balance.get(genre) ?? 0) > 0));
}
