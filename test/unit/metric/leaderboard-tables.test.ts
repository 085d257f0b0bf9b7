import { describe, expect, it } from 'vitest';
import { leaderboardMarkdown, leaderboardText } from '../../../src/metric/leaderboard.ts';
import { leaderboardTables } from '../../../src/metric/leaderboard-tables.ts';
import { BOARD } from '../../support/admin-site.ts';

const at = (mean: number) => ({ mean, low: mean - 0.01, high: mean + 0.01 });
const [slim, other] = BOARD.models;
const task = { people: 650, liked: { ...slim.liked, ndcg10: at(0.34) } };
const lists = {
  ...{ newStories10: at(0.3), newStoriesLiked10: at(0.2), dislikesPerHit20: at(0.0264) },
  ...{ genreDiversity10: at(0.7), genreCalibration10: at(0.6), popularityCalibration10: at(0.9) },
  gini10: 0.974,
};

describe('leaderboardTables()', () => {
  it('has the main table alone for a leaderboard of an earlier release', () => {
    const tables = leaderboardTables(BOARD);
    expect(tables.map(({ rows }) => rows.length)).toEqual([3]);
    expect(tables[0].rows[1][0]).toBe('slim');
    expect(tables[0].rows[1].at(-1)).toBe('–');
    expect(leaderboardText(BOARD)).not.toMatch(/NaN|undefined/);
  });

  it('has a table for each subject that was evaluated, with signed differences', () => {
    const board = {
      ...BOARD,
      models: [
        { ...slim, tasks: { newStories: task, fewKnown5: task }, lists },
        {
          ...other,
          ...{ tasks: { newStories: task, fewKnown5: task }, lists },
          difference: {
            from: 'slim',
            of: { 'liked.ndcg10': { mean: -0.37, low: -0.4, high: 0.001 } },
          },
        },
      ],
    };
    const [main, tasks, tens, difference] = leaderboardTables(board).map(({ rows }) => rows);
    expect(main[1].at(-1)).toBe('.026');
    expect(tasks[0].filter((heading) => heading.endsWith('NDCG@10'))).toEqual([
      'new stories NDCG@10',
      '5 known NDCG@10',
    ]);
    expect(tasks[1][1]).toBe('.340 [.330, .350]');
    expect(tens[1]).toEqual(['slim', '.300', '.200', '.700', '.600', '.900', '.974', '0.19']);
    expect(difference).toHaveLength(2);
    expect(difference[1].slice(0, 3)).toEqual(['popularity', '−.370 [−.400, +.001]', '–']);
    expect(leaderboardMarkdown(board)).toContain('Difference from slim');
  });
});
