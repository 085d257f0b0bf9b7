/** The state of a visit, and how each action changes it. */
import type { ListName } from '../import/imported-list.ts';
import { type Pick, type Verdict, withVerdict } from '../picks/picks.ts';
import { DEFAULT_RULES, type Rules } from '../rules/rules.ts';
import type { WishState } from '../wish/wish.ts';

export interface Visit {
  readonly picks: readonly Pick[];
  readonly rules: Rules;
  /** animeIds of titles that count as seen but not as reasons */
  readonly excluded: readonly number[];
  /** animeIds named in a wish; they count as loved until removed */
  readonly seeds: readonly number[];
  /** animeIds named in a wish and not wanted; they count as dropped until removed */
  readonly unlike: readonly number[];
  /** animeId of the title whose sheet is open */
  readonly open: number | null;
  /** a user of the data set whose list is shown; `picks` are then changes to it */
  readonly user: number | null;
  /** the visitor's own list, imported from elsewhere; `picks` are then changes to it */
  readonly list: ListName | null;
}

export const NEW_VISIT: Visit = {
  picks: [],
  rules: DEFAULT_RULES,
  excluded: [],
  seeds: [],
  unlike: [],
  open: null,
  user: null,
  list: null,
};

const NO_TITLES = { picks: [], excluded: [], seeds: [], unlike: [] };

export type Change =
  | { readonly do: 'set-verdict'; readonly animeId: number; readonly verdict: Verdict | null }
  | ({ readonly do: 'wish' } & WishState)
  | { readonly do: 'rule'; readonly rules: Rules }
  | { readonly do: 'count-as-reason'; readonly animeId: number; readonly counts: boolean }
  | { readonly do: 'open'; readonly animeId: number | null }
  | { readonly do: 'become'; readonly user: number }
  | { readonly do: 'import'; readonly list: ListName | null }
  | { readonly do: 'restore'; readonly visit: Visit };

export function changed(visit: Visit, change: Change): Visit {
  switch (change.do) {
    case 'set-verdict': {
      const { animeId, verdict } = change;
      // A new verdict, or none, ends the exclusion.
      const excluded = visit.excluded.filter((id) => id !== animeId);
      return { ...visit, picks: withVerdict(visit.picks, animeId, verdict), excluded };
    }
    case 'rule':
      return { ...visit, rules: change.rules };
    case 'wish':
      return { ...visit, seeds: change.seeds, unlike: change.unlike, rules: change.rules };
    case 'count-as-reason': {
      const others = visit.excluded.filter((id) => id !== change.animeId);
      return { ...visit, excluded: change.counts ? others : [...others, change.animeId] };
    }
    case 'open':
      return visit.open === change.animeId ? visit : { ...visit, open: change.animeId };
    case 'become':
      return { ...visit, ...NO_TITLES, user: change.user, list: null };
    case 'import':
      return { ...visit, list: change.list, user: null, seeds: [], unlike: [] };
    case 'restore':
      return change.visit;
  }
}
