/** The leaderboard as a table: Markdown for files, aligned columns for the terminal. */

import type { ModelEvaluation } from './evaluate-model.ts';
import type { Interval } from './interval.ts';
import type { TaskName } from './task/task.ts';

export interface Leaderboard {
  /** of the dataset */
  readonly fingerprint: string;
  /** version of the 'model' artefact; absent in a leaderboard of an earlier release */
  readonly modelVersion?: string;
  readonly origin: { readonly name: string; readonly synthetic: boolean };
  readonly part: 'validation' | 'test';
  readonly people: number;
  readonly titles: number;
  /** best liked NDCG@10 first */
  readonly models: readonly ModelEvaluation[];
}

/** What depends on nothing but the models and the dataset. */
export function withoutTimes(board: Leaderboard): Leaderboard {
  const models = board.models.map(({ millisecondsPerPerson: _, ...model }) => model);
  return { ...board, models };
}

type Columns = readonly (readonly [heading: string, cell: (row: ModelEvaluation) => string])[];

const COLUMNS: Columns = [
  ['model', (row) => row.model],
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
  ['dislikes in top 20', (row) => fixed(row.dislikes20.mean, 2)],
];

const TASKS: readonly (readonly [TaskName, string])[] = [
  ['newStories', 'new stories'],
  ['discovery', 'discovery'],
  ['fewKnown5', '5 known'],
  ['fewKnown20', '20 known'],
  ['fewKnown50', '50 known'],
];

/** Only after evaluate --all. */
const COST_COLUMNS: Columns = [
  ['model', (row) => row.model],
  ['ms p50', ({ closely }) => fixed(closely?.latency.p50, 2)],
  ['ms p99', ({ closely }) => fixed(closely?.latency.p99, 2)],
  ['training s', ({ cost }) => fixed(cost?.seconds, 1)],
  ['peak memory MB', ({ cost }) => megabytes(cost?.peakMemoryBytes)],
  ['saved MB', ({ cost }) => megabytes(cost?.savedBytes)],
];

/** A heading line and Markdown tables with 95 % intervals; after evaluate --all also groups and cost. */
export function leaderboardMarkdown(board: Leaderboard): string {
  const tables = tablesOf(board).map(([heading, rows]) => {
    const [head, ...body] = rows;
    const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
    const lines = [head, rule, ...body].map((row) => `| ${row.join(' | ')} |`);
    return `${heading}\n\n${lines.join('\n')}\n`;
  });
  return tables.join('\n');
}

/** The same for a terminal. */
export function leaderboardText(board: Leaderboard): string {
  const tables = tablesOf(board).map(([heading, rows]) => `${heading}\n\n${alignedText(rows)}\n`);
  return tables.join('\n');
}

/** Columns of one width; the first one to the left, the others to the right. */
export function alignedText(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

type Table = readonly [heading: string, rows: string[][]];

/** Of the tasks that were evaluated; nothing in a leaderboard of an earlier release. */
function taskTable(models: readonly ModelEvaluation[]): Table[] {
  const tasks = TASKS.filter(([task]) => models.some((row) => row.tasks?.[task]));
  if (tasks.length === 0) return [];
  const metrics = [
    ['ndcg10', 'NDCG@10'],
    ['recall20', 'Recall@20'],
    ['ndcg100', 'NDCG@100'],
  ] as const;
  const columns: Columns = [
    ['model', (row) => row.model],
    ...tasks.flatMap(([task, label]) =>
      metrics.map(([metric, name]) => {
        const cell = ({ tasks: of }: ModelEvaluation) => {
          const interval = of?.[task]?.liked[metric];
          if (!interval) return '–';
          return metric === 'ndcg10' ? within(interval) : decimals(interval.mean);
        };
        return [`${label} ${name}`, cell] as const;
      }),
    ),
  ];
  return [
    [
      'New stories, discovery and few known titles (metric/task/ defines them)',
      rowsOf(columns, models),
    ],
  ];
}

const COMPARED: readonly (readonly [measure: string, heading: string])[] = [
  ['liked.ndcg10', 'liked NDCG@10'],
  ['liked.recall20', 'liked Recall@20'],
  ['liked.ndcg100', 'liked NDCG@100'],
  ['newStories.ndcg10', 'new stories NDCG@10'],
  ['discovery.ndcg10', 'discovery NDCG@10'],
  ['fewKnown5.ndcg10', '5 known NDCG@10'],
];

/** What each model has more than the published one, on the same people. */
function differenceTable(models: readonly ModelEvaluation[]): Table[] {
  const rows = models.filter(({ difference }) => difference);
  if (rows.length === 0) return [];
  const columns: Columns = [
    ['model', (row) => row.model],
    ...COMPARED.map(([measure, heading]) => {
      const cell = ({ difference }: ModelEvaluation) => {
        const interval = difference?.of[measure];
        return interval ? signedWithin(interval) : '–';
      };
      return [heading, cell] as const;
    }),
  ];
  return [
    [
      `Difference from ${rows[0].difference?.from} on the same people, paired 95 % intervals`,
      rowsOf(columns, rows),
    ],
  ];
}

function tablesOf(board: Leaderboard): Table[] {
  const { origin, part, people, titles, models } = board;
  const heading = `${origin.name}: ${people} held-out people (${part}), full ranking over ${titles} titles`;
  const close = models.filter(({ closely }) => closely);
  return [
    [heading, rowsOf(COLUMNS, models)],
    ...taskTable(models),
    ...differenceTable(models),
    ...(close.length > 0
      ? [groupTable(close), ['Time and cost', rowsOf(COST_COLUMNS, close)] as const]
      : []),
  ];
}

function rowsOf(columns: Columns, models: readonly ModelEvaluation[]): string[][] {
  return [
    columns.map(([heading]) => heading),
    ...models.map((row) => columns.map(([, cell]) => cell(row))),
  ];
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
  return [
    'Liked NDCG@10 by group (metric/breakdown.ts defines the groups; people: those with a seen target, not all of whom have a liked one)',
    [['group', 'people', ...models.map(({ model }) => model)], ...rows],
  ];
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? '–' : (bytes / 1e6).toFixed(1);
}

/** +.012 [+.007, +.018]; "–" when there was nobody to compare on. */
function signedWithin({ mean, low, high }: Interval): string {
  return Number.isFinite(mean) ? `${signed(mean)} [${signed(low)}, ${signed(high)}]` : '–';
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${decimals(Math.abs(value))}`;
}

/** .570 [.551, .588]; "–" when there was nobody to evaluate on. */
function within({ mean, low, high }: Interval): string {
  return Number.isFinite(mean) ? `${decimals(mean)} [${decimals(low)}, ${decimals(high)}]` : '–';
}

function decimals(value: number): string {
  return fixed(value, 3).replace(/^0\./, '.');
}

function fixed(value: number | undefined, digits: number): string {
  return value !== undefined && Number.isFinite(value) ? value.toFixed(digits) : '–';
}
