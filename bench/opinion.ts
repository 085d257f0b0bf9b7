/**
 * How well the expected score of a title is met (src/recommend/opinion): on held-out scores of a home's validation people,
 * for whole lists and for parts of them. Fits the coefficients as well; with five folds, so that no person is judged by
 * coefficients that were fitted to them. Compared with the mean of the title, and with the means of person and title.
 *
 *   npm run bench -- opinion --home <folder> [--part validation] [--seed 42] [--coefficients]
 *
 * The home needs a dataset and the bundle of its models (`osusume pipeline`). --coefficients prints those of all people.
 */
import { parseArgs } from 'node:util';
import { openDataset } from '../src/data/dataset-file.ts';
import { type HeldOutUser, heldOutUsers } from '../src/data/held-out-users.ts';
import type { Profile } from '../src/data/interactions.ts';
import { sampledProfile } from '../src/data/split.ts';
import { openBundle } from '../src/recommend/bundle.ts';
import {
  COVERAGE,
  errorTerms,
  expectedScore,
  type ScoreCoefficients,
  type ScoreModel,
  scoreTerms,
} from '../src/recommend/opinion/expected-score.ts';
import { ScoredList, type ScoreEvidence } from '../src/recommend/opinion/score-evidence.ts';
import { leastSquares, weightedQuantile } from './opinion/least-squares.ts';

const { values: given } = parseArgs({
  options: {
    home: { type: 'string', default: process.env.OSUSUME_HOME ?? '.osusume' },
    part: { type: 'string', default: 'validation' },
    seed: { type: 'string', default: '42' },
    coefficients: { type: 'boolean', default: false },
  },
});
if (given.part !== 'validation' && given.part !== 'test')
  throw new Error(`--part is "${given.part}", expected validation or test`);
const { home, part } = given;
const seed = Number(given.seed);

/** One held-out score, and what the known part of the list says about it. */
interface Row {
  readonly lists: string;
  readonly person: number;
  readonly rating: number;
  readonly evidence: ScoreEvidence;
  readonly scored: number;
  /** each person counts alike in each kind of lists */
  readonly weight: number;
}

const FOLDS = 5;
/** Held-out scores of one person that a short list is judged on. */
const MOST_OF_A_PART = 20;
const dataset = await openDataset(home);
const bundle = await openBundle(home);
const people = heldOutUsers(dataset, dataset.parts[part], seed);
const rows = people.flatMap((person, number) => rowsOf(person, number));

const predicted = crossValidated(rows, (from) => {
  const model = fitted(from);
  return ({ evidence }) => expectedScore(evidence, model);
});
report();
if (given.coefficients) console.log(JSON.stringify(fitted(rows), rounded, 1));
await bundle.close();

/** The known part of the list, and of it: some titles, some liked titles, and some liked titles that were all given a 10. */
function rowsOf(person: HeldOutUser, number: number): Row[] {
  const { known, userId, allLiked } = person;
  const all = targetsOf(person);
  const few = all.slice(0, MOST_OF_A_PART);
  const found = rowsFor('whole, four fifths', { ...known, isWhole: true }, all, number);
  for (const count of [3, 10, 17, 30]) {
    const some = sampledProfile(known, count, seed, userId);
    if (some.items.length < count) continue;
    const unscored = { ...some, ratings: some.ratings.map(() => 0) };
    if (count === 3) found.push(...rowsFor('3 titles without scores', unscored, few, number));
    found.push(...rowsFor(`${count} titles`, some, few, number));
    if (count > 17) continue;
    const liked = sampledProfile(known, count, seed, userId, allLiked);
    if (liked.items.length < count) continue;
    const loved = { ...liked, ratings: liked.ratings.map(() => 10) };
    found.push(...rowsFor(`${count} liked`, liked, few, number));
    found.push(...rowsFor(`${count} liked, all 10`, loved, few, number));
  }
  return found;
}

function targetsOf({ whole, seen }: HeldOutUser): { item: number; rating: number }[] {
  return Array.from(whole.items, (item, p) => ({ item, rating: whole.ratings[p] })).filter(
    ({ item, rating }) => seen.has(item) && rating > 0,
  );
}

function rowsFor(
  lists: string,
  profile: Profile,
  targets: readonly { item: number; rating: number }[],
  person: number,
): Row[] {
  const list = new ScoredList(bundle, profile);
  const { scored } = list;
  return targets.map(({ item, rating }) => ({
    ...{ lists, person, rating, scored, evidence: list.evidenceOf(item) },
    weight: 1 / targets.length,
  }));
}

/** Each row's prediction by what was fitted to the people of the other folds. */
function crossValidated<T>(all: readonly Row[], learn: (rows: readonly Row[]) => (row: Row) => T) {
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    learn(all.filter(({ person }) => person % FOLDS !== fold)),
  );
  return all.map((row) => folds[row.person % FOLDS](row));
}

/** Usual lists and few scores by themselves; the ends of the interval from both. */
function fitted(from: readonly Row[]): ScoreModel {
  const whole = coefficientsOf(from.filter(({ evidence }) => evidence.whole === 1));
  const part = coefficientsOf(from.filter(({ evidence }) => evidence.whole === 0));
  const pure = from.filter(({ evidence }) => evidence.whole === 0 || evidence.whole === 1);
  const relative = pure.map(({ evidence, rating }) => {
    const { score, error } = expectedScore(evidence, { whole, part, ends: [0, 0] });
    return (rating - score) / error;
  });
  const weights = pure.map(({ weight }) => weight);
  const tail = (1 - COVERAGE) / 2;
  const [low, high] = [tail, 1 - tail].map((share) => weightedQuantile(relative, weights, share));
  return { whole, part, ends: [low, high] };
}

function coefficientsOf(from: readonly Row[]): ScoreCoefficients {
  const weights = from.map(({ weight }) => weight);
  const terms = from.map(({ evidence }) => scoreTerms(evidence));
  const ratings = from.map(({ rating }) => rating);
  const score = leastSquares(terms, ratings, weights);
  const guess = { score, error: [0, 0, 0, 0] };
  const scores = from.map(
    ({ evidence }) => expectedScore(evidence, { whole: guess, part: guess, ends: [0, 0] }).score,
  );
  const error = leastSquares(
    from.map(({ evidence }, n) => errorTerms(evidence, scores[n])),
    ratings.map((rating, n) => Math.abs(rating - scores[n])),
    weights,
  );
  return { score, error };
}

/** Terms of usual lists and of few scores, as far as a list is one of them. */
function bothKinds(terms: readonly number[], { whole }: ScoreEvidence): number[] {
  return [...terms.map((term) => whole * term), ...terms.map((term) => (1 - whole) * term)];
}

type IsIn = (row: Row, at: number) => boolean;

/** Each kind of lists; whole ones also by how many scores they have, and by what is expected. */
function groupsOf(): [string, IsIn][] {
  const kinds = [...new Set(rows.map(({ lists }) => lists))];
  const lengths = [
    [0, 49],
    [50, 149],
    [150, 399],
    [400, 40_000],
  ];
  const bands = [
    [1, 6],
    [6, 7],
    [7, 8],
    [8, 9],
    [9, 10.1],
  ];
  return [
    ...kinds.map((kind): [string, IsIn] => [kind, ({ lists }) => lists === kind]),
    ...lengths.map(([from, to]): [string, IsIn] => [
      `whole, ${from} to ${to} scores`,
      ({ lists, scored }) => lists === kinds[0] && scored >= from && scored <= to,
    ]),
    ...bands.map(([from, to]): [string, IsIn] => [
      `whole, expected ${from} to ${Math.floor(to)}`,
      ({ lists }, at) =>
        lists === kinds[0] && predicted[at].score >= from && predicted[at].score < to,
    ]),
  ];
}

/** Root mean squared errors, mean error, and how many scores lie in the interval; each person counts alike. */
function report(): void {
  const titleMean = crossValidated(
    rows,
    linear((row) => scoreTerms(row.evidence).slice(0, 2)),
  );
  const bothMeans = crossValidated(
    rows,
    linear((row) => scoreTerms(row.evidence).slice(0, 3)),
  );
  const expected = predicted.map(({ score }) => score);
  const line = (isIn: IsIn) => {
    const at = [...rows.keys()].filter((n) => isIn(rows[n], n));
    const weight = at.reduce((sum, n) => sum + rows[n].weight, 0);
    const mean = (value: (n: number) => number) =>
      at.reduce((sum, n) => sum + rows[n].weight * value(n), 0) / weight;
    const error = (of: readonly number[]) =>
      Math.sqrt(mean((n) => (rows[n].rating - of[n]) ** 2)).toFixed(3);
    const isCovered = (n: number) =>
      rows[n].rating >= predicted[n].low && rows[n].rating <= predicted[n].high;
    return {
      people: new Set(at.map((n) => rows[n].person)).size,
      scores: at.length,
      'title mean': error(titleMean),
      'both means': error(bothMeans),
      expected: error(expected),
      bias: mean((n) => expected[n] - rows[n].rating).toFixed(2),
      coverage: mean((n) => (isCovered(n) ? 1 : 0)).toFixed(3),
      width: mean((n) => predicted[n].high - predicted[n].low).toFixed(2),
    };
  };
  console.table(Object.fromEntries(groupsOf().map(([name, isIn]) => [name, line(isIn)])));
}

/** Least squares on some terms, of whole lists and of parts. */
function linear(termsOf: (row: Row) => number[]) {
  const terms = (row: Row) => bothKinds(termsOf(row), row.evidence);
  return (from: readonly Row[]) => {
    const coefficients = leastSquares(
      from.map(terms),
      from.map(({ rating }) => rating),
      from.map(({ weight }) => weight),
    );
    return (row: Row) => {
      const sum = terms(row).reduce((total, term, n) => total + term * coefficients[n], 0);
      return Math.min(10, Math.max(1, sum));
    };
  };
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
}
