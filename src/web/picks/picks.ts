/** What someone says about a title, and the list of what they have said. */
import type { Rating, StatusName } from '../../api/client.ts';

/** 1–10, or a word: watched but not scored, not wanted, wanted later. */
export type Verdict = number | 'seen' | 'no' | 'plan';

export interface Pick {
  readonly animeId: number;
  readonly verdict: Verdict;
  /** as a data set has it; absent for a pick made here */
  readonly status?: StatusName;
}

/** What a list is asked for with. */
export interface ListRequest {
  readonly picks: readonly Pick[];
  /** whether the picks are everything that the person has seen, or only some of it */
  readonly whole: boolean;
  /** animeIds of the picks that do not count as reasons */
  readonly excluded: readonly number[];
}

/** From this many titles on the list is personal enough. */
export const ENOUGH_PICKS = 3;

/** The score that one tap gives. */
export const LOVE = 9;

const STATUS_OF = { seen: 'completed', no: 'dropped', plan: 'plan_to_watch' } as const;

export function isVerdict(value: unknown): value is Verdict {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 1 && value <= 10;
  return value === 'seen' || value === 'no' || value === 'plan';
}

/** A pick as the server takes it. "Not for me" is a dropped title without a score. */
export function ratingOf({ animeId, verdict, status }: Pick): Rating {
  if (typeof verdict === 'number')
    return { animeId, rating: verdict, status: status ?? 'completed' };
  return { animeId, status: status ?? STATUS_OF[verdict] };
}

/** A rating of a data set as a pick. */
export function pickOf(animeId: number, rating: number | null, status: StatusName): Pick {
  if (rating !== null && isVerdict(rating)) return { animeId, verdict: rating, status };
  if (status === 'dropped') return { animeId, verdict: 'no', status };
  return { animeId, verdict: status === 'plan_to_watch' ? 'plan' : 'seen', status };
}

/** `picks` with this verdict: in place when the title is there, else at the end; null takes it out. */
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

/** How many picks say what someone likes: scored ones and seen ones. */
export function countTaste(picks: readonly Pick[]): number {
  return picks.filter(({ verdict }) => verdict !== 'no' && verdict !== 'plan').length;
}
