/** What can be done with any title, wherever on the page it stands. */

import type { Verdict } from '../picks/picks.ts';
import type { Anime } from './anime.ts';

export interface TitleActions {
  readonly verdictOn: (animeId: number) => Verdict | null;
  /** null takes the verdict back */
  readonly setVerdict: (anime: Anime, verdict: Verdict | null) => void;
  /** takes a verdict back by id alone */
  readonly clearVerdict: (animeId: number) => void;
  /** whether it may be a reason for others; what may not stays seen */
  readonly countAsReason: (animeId: number, counts: boolean) => void;
  readonly open: (animeId: number) => void;
}
