/** The tables of a leaderboard as rows of text: the main one, and a small one for each subject that was evaluated. */
import type { ModelEvaluation } from './evaluate-model.ts';
import type { Interval } from './interval.ts';
import type { ListMeasure } from './list/list-measures.ts';
import type { RelevanceMetric } from './ranking.ts';
import { TASKS } from './task/task.ts';

export interface Table {
  readonly heading: string;
  /** the first one has the headings of the columns */
  readonly rows: readonly (readonly string[])[];
}

/** The parts of a leaderboard (leaderboard.ts) that its tables show. */
export interface Evaluations {
  readonly origin: { readonly name: string };
  readonly part: string;
  readonly people: number;
  readonly titles: number;
  readonly models: readonly ModelEvaluation[];
}

type Column = readonly [heading: string, cell: (row: ModelEvaluation) => string];
type Columns = readonly Column[];

const MODEL: Column = ['model', (row) => row.model];

const COLUMNS: Columns = [
  MODEL,
  ['liked NDCG@10', (row) => within(row.liked.ndcg10)],
  ['liked Recall@20', (row) => within(row.liked.recall20)],
  ['liked Recall@50', (row) => within(row.liked.recall50)],
  ['liked NDCG@100', (row) => within(row.liked.ndcg100)],
  ['seen NDCG@10', (row) => decimals(row.seen.ndcg10.mean)],
  ['seen Recall@20', (row) => decimals(row.seen.recall20.mean)],
  ['seen Recall@50', (row) => decimals(row.seen.recall50.mean)],
  ['seen NDCG@100', (row) => decimals(row.seen.ndcg100.mean)],
  ['titles in top tens', (row) => String(row.coverage10)],
  ['popularity', (row) => decimals(row.popularity20.mean)],
  ['dislikes per hit', (row) => ofLists(row, 'dislikesPerHit20')],
];

const TASK_METRICS: readonly (readonly [RelevanceMetric, string])[] = [
  ['ndcg10', 'NDCG@10'],
  ['recall20', 'Recall@20'],
  ['ndcg100', 'NDCG@100'],
];

const LIST_COLUMNS: Columns = [
  MODEL,
  ['new stories', (row) => ofLists(row, 'newStories10')],
  ['liked among them', (row) => ofLists(row, 'newStoriesLiked10')],
  ['genre diversity', (row) => ofLists(row, 'genreDiversity10')],
  ['genre calibration', (row) => ofLists(row, 'genreCalibration10')],
  ['popularity calibration', (row) => ofLists(row, 'popularityCalibration10')],
  ['Gini', ({ lists }) => decimals(lists?.gini10)],
  ['dislikes in top 20', (row) => fixed(row.dislikes20.mean, 2)],
];

const COMPARED: readonly (readonly [measure: string, heading: string])[] = [
  ['liked.ndcg10', 'liked NDCG@10'],
  ['liked.recall20', 'liked Recall@20'],
  ['liked.ndcg100', 'liked NDCG@100'],
  ['newStories.ndcg10', 'new stories NDCG@10'],
  ['discovery.ndcg10', 'discovery NDCG@10'],
  ['fewKnown5.ndcg10', '5 known NDCG@10'],
  ['lists.dislikesPerHit20', 'dislikes per hit'],
];

/** Only after evaluate --all. */
const COST_COLUMNS: Columns = [
  MODEL,
  ['ms p50', ({ closely }) => fixed(closely?.latency.p50, 2)],
  ['ms p99', ({ closely }) => fixed(closely?.latency.p99, 2)],
  ['training s', ({ cost }) => fixed(cost?.seconds, 1)],
  ['peak memory MB', ({ cost }) => megabytes(cost?.peakMemoryBytes)],
  ['saved MB', ({ cost }) => megabytes(cost?.savedBytes)],
];

/** A leaderboard of an earlier release has the main table, and no others unless it was made with --all. */
export function leaderboardTables({ origin, part, people, titles, models }: Evaluations): Table[] {
  const about = `${people} held-out people (${part}), full ranking over ${titles} titles`;
  const close = models.filter(({ closely }) => closely);
  return [
    { heading: `${origin.name}: ${about}`, rows: rowsOf(COLUMNS, models) },
    ...taskTable(models),
    ...(models.some(({ lists }) => lists)
      ? [
          {
            heading: 'Top tens (metric/list/ defines the columns)',
            rows: rowsOf(LIST_COLUMNS, models),
          },
        ]
      : []),
    ...differenceTable(models),
    ...(close.length > 0
      ? [groupTable(close), { heading: 'Time and cost', rows: rowsOf(COST_COLUMNS, close) }]
      : []),
  ];
}

function rowsOf(columns: Columns, models: readonly ModelEvaluation[]): string[][] {
  return [
    columns.map(([heading]) => heading),
    ...models.map((row) => columns.map(([, cell]) => cell(row))),
  ];
}

/** Liked titles found in the tasks that were evaluated. */
function taskTable(models: readonly ModelEvaluation[]): Table[] {
  const tasks = TASKS.filter(([task]) => models.some((row) => row.tasks?.[task]));
  if (tasks.length === 0) return [];
  const columns = tasks.flatMap(([task, label]) =>
    TASK_METRICS.map(([metric, name]): Column => {
      const cell = (row: ModelEvaluation) => {
        const interval = row.tasks?.[task]?.liked[metric];
        if (!interval) return '–';
        return metric === 'ndcg10' ? within(interval) : decimals(interval.mean);
      };
      return [`${label} ${name}`, cell];
    }),
  );
  const heading =
    'Liked titles of new stories, and with few known titles (metric/task/ defines the tasks)';
  return [{ heading, rows: rowsOf([MODEL, ...columns], models) }];
}

/** Models minus the published one. */
function differenceTable(models: readonly ModelEvaluation[]): Table[] {
  const rows = models.filter(({ difference }) => difference);
  if (rows.length === 0) return [];
  const columns = COMPARED.map(([measure, heading]): Column => {
    const cell = ({ difference }: ModelEvaluation) => signedWithin(difference?.of[measure]);
    return [heading, cell];
  });
  const heading = `Difference from ${rows[0].difference?.from}, paired by person`;
  return [{ heading, rows: rowsOf([MODEL, ...columns], rows) }];
}

/** Liked NDCG@10 of each model for each group. */
function groupTable(models: readonly ModelEvaluation[]): Table {
  const groups = models[0].closely?.groups ?? [];
  const rows = groups.map(({ group, people }, i) => [
    group,
    String(people),
    ...models.map(({ closely }) => {
      const found = closely?.groups[i];
      return found ? within(found.liked.ndcg10) : '–';
    }),
  ]);
  return {
    heading:
      'Liked NDCG@10 by group (metric/breakdown.ts defines the groups; people: those with a seen target, not all of whom have a liked one)',
    rows: [['group', 'people', ...models.map(({ model }) => model)], ...rows],
  };
}

function ofLists({ lists }: ModelEvaluation, measure: ListMeasure): string {
  return decimals(lists?.[measure]?.mean);
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? '–' : (bytes / 1e6).toFixed(1);
}

/** .570 [.551, .588]; "–" when there was nobody to evaluate on. */
function within({ mean, low, high }: Interval): string {
  return Number.isFinite(mean) ? `${decimals(mean)} [${decimals(low)}, ${decimals(high)}]` : '–';
}

/** +.012 [+.007, +.018] */
function signedWithin(interval: Interval | undefined): string {
  if (!interval || !Number.isFinite(interval.mean)) return '–';
  const { mean, low, high } = interval;
  return `${signed(mean)} [${signed(low)}, ${signed(high)}]`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${decimals(Math.abs(value))}`;
}

function decimals(value: number | undefined): string {
  return fixed(value, 3).replace(/^0\./, '.');
}

function fixed(value: number | undefined, digits: number): string {
  return value !== undefined && Number.isFinite(value) ? value.toFixed(digits) : '–';
}
