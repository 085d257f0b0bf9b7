/**
 * Would a person like one title: the score that they would probably give, what raises and lowers it, and what the model of
 * the lists counts for and against it. A title that is on the list is judged by the rest of the list.
 */
import type { Profile, StatusName } from '../../data/interactions.ts';
import { type Because, becauseOf } from '../because.ts';
import type { Bundle } from '../bundle.ts';
import { DEFAULT_BECAUSE } from '../defaults.ts';
import { statusName } from '../profile.ts';
import type { Judgement } from '../ranker.ts';
import { type ExpectedScore, expectedScore } from './expected-score.ts';
import { ScoredList } from './score-evidence.ts';

/** What a score of the list adds to the expected score, or takes from it. */
export interface ScorePoints {
  readonly animeId: number;
  readonly title: string;
  /** 1–10, as the person gave it */
  readonly rating: number;
  readonly points: number;
}

export interface Opinion {
  readonly expected: ExpectedScore;
  /** how many scores of the list it is made from; with none it is what everyone gives */
  readonly scored: number;
  /** strongest first */
  readonly raising: readonly ScorePoints[];
  readonly lowering: readonly ScorePoints[];
  /** of the model that makes the lists: prior + the sum of all contributions */
  readonly score: number;
  readonly prior: number;
  /** the titles with the largest contributions above 0, and with the largest below */
  readonly because: readonly Because[];
  readonly against: readonly Because[];
  /** null = the bundle has no second stage */
  readonly judgement: Judgement | null;
  /** how the title stands on the list; null = it does not */
  readonly listed: { readonly rating: number | null; readonly status: StatusName } | null;
}

export interface OpinionOptions {
  /** reasons of each kind, at most; default 5 */
  readonly because?: number;
  /** animeIds of the profile that do not count */
  readonly without?: readonly number[];
}

type JudgedBundle = Pick<Bundle, 'catalogue' | 'items' | 'models' | 'ranker'>;

export function opinionOf(
  bundle: JudgedBundle,
  profile: Profile,
  item: number,
  { because: limit = DEFAULT_BECAUSE, without = [] }: OpinionOptions = {},
): Opinion {
  const { catalogue, items, models, ranker } = bundle;
  const rest = withoutItems(profile, new Set([item]));
  const weights = ranker.weigh(rest, without);
  const model = models.hybrid.forList(rest);
  const score = model.rankScores(rest, weights).scores[item];
  const [prior] = model.priorsOf(rest, [item], weights);
  const parts = model.contributions(rest, item, weights);
  const reasons = (sign: number) => {
    const chosen = strongest(parts, sign, limit);
    const total = parts.reduce((sum, part) => sum + part, 0);
    const terms = {
      ends: [chosen.length],
      items: chosen.map((p) => rest.items[p]),
      parts: chosen.map((p) => parts[p]),
      totals: [total],
    };
    return becauseOf(catalogue, terms, [prior])[0];
  };
  const excluded = new Set(without.map((animeId) => items.indexOf(animeId)));
  return {
    ...scoreOf(bundle, withoutItems(rest, excluded), item, limit),
    ...{ score, prior, because: reasons(1), against: reasons(-1) },
    judgement: ranker.judge(rest, item, weights),
    listed: listedAs(profile, item),
  };
}

/** The expected score, and the scores that move it most. */
function scoreOf(bundle: JudgedBundle, profile: Profile, item: number, limit: number) {
  const list = new ScoredList(bundle, profile);
  const expected = expectedScore(list.evidenceOf(item));
  const { points } = expected;
  const moving = (sign: number): ScorePoints[] =>
    strongest(
      points.map((each) => each.points),
      sign,
      limit,
    ).map((at) => {
      const { animeId, title } = bundle.catalogue[points[at].item];
      const rating = profile.ratings[profile.items.indexOf(points[at].item)];
      return { animeId, title, rating, points: points[at].points };
    });
  return { expected, scored: list.scored, raising: moving(1), lowering: moving(-1) };
}

/** Where the values with the sign are, the largest first. */
function strongest(values: ArrayLike<number>, sign: number, limit: number): number[] {
  return Array.from(values, (value, at) => ({ value: sign * value, at }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || a.at - b.at)
    .slice(0, limit)
    .map(({ at }) => at);
}

function listedAs({ items, ratings, statuses }: Profile, item: number): Opinion['listed'] {
  const p = items.indexOf(item);
  if (p < 0) return null;
  return { rating: ratings[p] || null, status: statusName(statuses[p]) };
}

function withoutItems(profile: Profile, hidden: ReadonlySet<number>): Profile {
  const isKept = (_: number, p: number) => !hidden.has(profile.items[p]);
  return {
    ...profile,
    items: profile.items.filter(isKept),
    ratings: profile.ratings.filter(isKept),
    statuses: profile.statuses.filter(isKept),
  };
}
