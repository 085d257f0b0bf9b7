/** Picks: the visitor's verdicts on titles. */
import type { Rating, StatusName } from '../../api/client.ts';

/** A score of 1–10, or: watched but not scored, not wanted, planned. */
export type Verdict = number | 'seen' | 'no' | 'plan';

export interface Pick {
  readonly animeId: number;
  readonly verdict: Verdict;
  /** the status in a data set or imported list; absent for a pick made on the page */
  readonly status?: StatusName;
}

/** The profile part of a request for recommendations. */
export interface ListRequest {
  readonly picks: readonly Pick[];
  /** whether the picks are everything that the person has seen */
  readonly whole: boolean;
  /** animeIds of the picks that do not count as reasons */
  readonly excluded: readonly number[];
}

/** With this many titles, recommendations are personal enough. */
export const ENOUGH_PICKS = 3;

/** The score that one tap gives. */
export const LOVE = 9;

const STATUS_OF = { seen: 'completed', no: 'dropped', plan: 'plan_to_watch' } as const;

export function isVerdict(value: unknown): value is Verdict {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 1 && value <= 10;
  return value === 'seen' || value === 'no' || value === 'plan';
}

/** Converts a pick for the server. "Not for me" becomes a dropped title without a score. */
export function ratingOf({ animeId, verdict, status }: Pick): Rating {
  if (typeof verdict === 'number')
    return { animeId, rating: verdict, status: status ?? 'completed' };
  return { animeId, status: status ?? STATUS_OF[verdict] };
}

/** Converts a rating of a data set to a pick. */
export function pickOf(animeId: number, rating: number | null, status: StatusName): Pick {
  if (rating !== null && isVerdict(rating)) return { animeId, verdict: rating, status };
  if (status === 'dropped') return { animeId, verdict: 'no', status };
  return { animeId, verdict: status === 'plan_to_watch' ? 'plan' : 'seen', status };
}

/** `picks` with this verdict: replaced in place, or added at the end; null removes the title. */
export function withVerdict(
  picks: readonly Pick[],
  animeId: number,
  verdict: Verdict | null,
): readonly Pick[] {
  if (verdict === null) return picks.filter((pick) => pick.animeId !== animeId);
  const pick = { animeId, verdict };
  if (!picks.some((other) => other.animeId === animeId)) return [...picks, pick];
  return picks.map((other) => (other.animeId === animeId ? pick : other));
}

export function verdictOn(picks: readonly Pick[], animeId: number): Verdict | null {
  return picks.find((pick) => pick.animeId === animeId)?.verdict ?? null;
}

/** How many picks say something about taste: scored and seen ones. */
export function countTaste(picks: readonly Pick[]): number {
  return picks.filter(({ verdict }) => verdict !== 'no' && verdict !== 'plan').length;
}
