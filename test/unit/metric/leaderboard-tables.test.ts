import { describe, expect, it } from 'vitest';
import { leaderboardMarkdown, leaderboardText } from '../../../src/metric/leaderboard.ts';
import { leaderboardTables } from '../../../src/metric/leaderboard-tables.ts';
import { BOARD, BOARD_WITH_TASKS } from '../../support/admin-site.ts';

describe('leaderboardTables()', () => {
  it('has the main table alone for a leaderboard of an earlier release', () => {
    const tables = leaderboardTables(BOARD);
    expect(tables.map(({ rows }) => rows.length)).toEqual([3]);
    expect(tables[0].rows[1][0]).toBe('slim');
    expect(tables[0].rows[1].at(-1)).toBe('–');
    expect(leaderboardText(BOARD)).not.toMatch(/NaN|undefined/);
  });

  it('has a table for each subject that was evaluated, with signed differences', () => {
    const board = BOARD_WITH_TASKS;
    const [main, tasks, tens, difference] = leaderboardTables(board).map(({ rows }) => rows);
    expect(main[1].at(-1)).toBe('.026');
    expect(tasks[0].filter((heading) => heading.endsWith('NDCG@10'))).toEqual([
      'new stories NDCG@10',
      '5 known NDCG@10',
    ]);
    expect(tasks[1][1]).toBe('.340 [.320, .360]');
    expect(tens[1]).toEqual(['slim', '.300', '.200', '.700', '.600', '.900', '.974', '0.19']);
    expect(difference).toHaveLength(2);
    expect(difference[1].slice(0, 3)).toEqual(['popularity', '−.370 [−.400, +.001]', '–']);
    expect(leaderboardMarkdown(board)).toContain('Difference from slim');
  });
});
