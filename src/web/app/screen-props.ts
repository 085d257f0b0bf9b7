/** Props of every screen. */
import type { Recommended } from '../list/recommended.ts';
import type { Pick } from '../picks/picks.ts';
import type { TitleActions } from '../title/title-actions.ts';
import type { VisitControls } from './use-visit.ts';
import type { Visit } from './visit.ts';

export interface ScreenProps {
  readonly visit: Visit;
  readonly controls: VisitControls;
  /** the picks, or a list with the picks applied to it */
  readonly profile: readonly Pick[];
  /** whether the profile is everything that the person has seen */
  readonly whole: boolean;
  /** the latest list */
  readonly recommended: readonly Recommended[];
  readonly actions: TitleActions;
}
