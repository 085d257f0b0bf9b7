/** The leaderboard as a table: Markdown for files, aligned columns for the terminal. */
import type { Interval } from './interval.ts';
import type { Judgement } from './judge.ts';

interface Board {
  readonly origin: { readonly name: string };
  readonly part: string;
  readonly people: number;
  readonly titles: number;
  readonly models: readonly Judgement[];
}

const COLUMNS: readonly (readonly [heading: string, cell: (row: Judgement) => string])[] = [
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
  ['dislikes in top 20', (row) => row.dislikes20.mean.toFixed(2)],
];

/** A heading line and a Markdown table with 95 % intervals. */
export function leaderboardMarkdown(board: Board): string {
  const rows = [
    COLUMNS.map(([heading]) => heading),
    COLUMNS.map((_, i) => (i === 0 ? '---' : '---:')),
    ...cells(board),
  ];
  const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  return `${title(board)}\n\n${table}\n`;
}

/** The same for a terminal. */
export function leaderboardText(board: Board): string {
  const rows = [COLUMNS.map(([heading]) => heading), ...cells(board)];
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
  );
  return `${title(board)}\n\n${lines.join('\n')}\n`;
}

function title({ origin, part, people, titles }: Board): string {
  return `${origin.name}: ${people} held-out people (${part}), full ranking over ${titles} titles`;
}

function cells(board: Board): string[][] {
  return board.models.map((row) => COLUMNS.map(([, cell]) => cell(row)));
}

/** .570 [.551, .588]; "–" when nobody could be judged. */
function within({ mean, low, high }: Interval): string {
  return Number.isFinite(mean) ? `${decimals(mean)} [${decimals(low)}, ${decimals(high)}]` : '–';
}

function decimals(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3).replace(/^0\./, '.') : '–';
}
