/** The actions on a title, anywhere on the page. */

import type { Verdict } from '../picks/picks.ts';
import type { Anime } from './anime.ts';

export interface TitleActions {
  readonly verdictOn: (animeId: number) => Verdict | null;
  /** null removes the verdict */
  readonly setVerdict: (anime: Anime, verdict: Verdict | null) => void;
  /** removes the verdict on a title that may not be loaded */
  readonly clearVerdict: (animeId: number) => void;
  /** whether a title counts as a reason for others; if not, it still counts as seen */
  readonly countAsReason: (animeId: number, counts: boolean) => void;
  readonly open: (animeId: number) => void;
}
