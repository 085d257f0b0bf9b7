import { describe, expect, it } from 'vitest';
import { leaderboardReport } from '../../../src/report/leaderboard-report.ts';
import { BOARD, BOARD_WITH_TASKS } from '../../support/admin-site.ts';

const headings = (html: string) => [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, text]) => text);

describe('leaderboardReport()', () => {
  it('reads a leaderboard of an earlier release', () => {
    const html = leaderboardReport(BOARD);
    expect(headings(html)).toEqual(['Quality']);
    expect(html).not.toMatch(/NaN|undefined/);
  });

  it('has a section for each subject, with intervals', () => {
    const html = leaderboardReport(BOARD_WITH_TASKS);
    expect(headings(html)).toEqual([
      ...['Quality', 'New stories, and few known titles'],
      ...['What is in the lists', 'Difference from slim'],
    ]);
    expect(html).toContain('.340 [.320, .360]');
    expect(html).toContain('-.370 [-.400, .001]');
    expect(html).not.toMatch(/NaN|undefined/);
  });
});
