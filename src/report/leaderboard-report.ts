/** The report of osusume evaluate --all. */
import type { Leaderboard } from '../metric/leaderboard.ts';
import { leaderboardSections } from './leaderboard-charts.ts';
import { pageHtml } from './page.ts';

export function leaderboardReport(board: Leaderboard): string {
  return pageHtml({
    title: `Models compared on ${board.origin.name}`,
    lead: `${board.models.length} models, ${board.people} people they have never met. Dataset ${board.fingerprint.slice(0, 12)}.`,
    sections: leaderboardSections(board),
  });
}
