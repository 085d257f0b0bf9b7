/** The report that `osusume evaluate --all` writes. */
import type { Leaderboard } from '../metric/leaderboard.ts';
import { leaderboardSections } from './leaderboard-charts.ts';
import { pageHtml } from './page.ts';

export function leaderboardReport(board: Leaderboard): string {
  return pageHtml({
    title: `Models compared on ${board.origin.name}`,
    lead: `${board.models.length} models, ${board.people} held-out people. Dataset ${board.fingerprint.slice(0, 12)}.`,
    sections: leaderboardSections(board),
  });
}
