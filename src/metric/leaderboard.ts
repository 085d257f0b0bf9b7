/** The leaderboard as a table: Markdown for files, aligned columns for the terminal. */
import type { ModelEvaluation } from './evaluate-model.ts';
import { leaderboardTables } from './leaderboard-tables.ts';

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

/** Headings and Markdown tables with 95 % intervals. */
export function leaderboardMarkdown(board: Leaderboard): string {
  const tables = leaderboardTables(board).map(({ heading, rows }) => {
    const [head, ...body] = rows;
    const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
    const lines = [head, rule, ...body].map((row) => `| ${row.join(' | ')} |`);
    return `${heading}\n\n${lines.join('\n')}\n`;
  });
  return tables.join('\n');
}

/** The same for a terminal. */
export function leaderboardText(board: Leaderboard): string {
  const tables = leaderboardTables(board).map(
    ({ heading, rows }) => `${heading}\n\n${alignedText(rows)}\n`,
  );
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
