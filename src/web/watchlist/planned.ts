/** The planned titles of a profile, in the person's own order. */
import type { Pick } from '../picks/picks.ts';

export interface Arrangement {
  /** animeIds, first to watch first; titles that are not in it follow in the order of the profile */
  readonly order: readonly number[];
  /** animeIds that an imported list plans and the person has taken off */
  readonly removed: readonly number[];
}

/**
 * @param profile the picks, or an imported list with the picks applied to it
 * @param own the picks made on the page: one of them that is planned again is not removed
 */
export function plannedIn(
  profile: readonly Pick[],
  own: readonly Pick[],
  { order, removed }: Arrangement,
): number[] {
  const again = new Set(own.filter(isPlanned).map(({ animeId }) => animeId));
  const gone = new Set(removed.filter((animeId) => !again.has(animeId)));
  const planned = profile
    .filter(isPlanned)
    .map(({ animeId }) => animeId)
    .filter((animeId) => !gone.has(animeId));
  const placeOf = new Map(order.map((animeId, place) => [animeId, place]));
  const place = (animeId: number) => placeOf.get(animeId) ?? order.length;
  return planned.sort((a, b) => place(a) - place(b));
}

function isPlanned({ verdict }: Pick): boolean {
  return verdict === 'plan';
}

/** The list with the title of one place at another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const others = list.filter((_, place) => place !== from);
  return [...others.slice(0, to), list[from], ...others.slice(to)];
}

/** The picks with these titles planned as well; a verdict that is there stays. */
export function withPlanned(picks: readonly Pick[], animeIds: readonly number[]): Pick[] {
  const known = new Set(picks.map(({ animeId }) => animeId));
  const added = animeIds.filter((animeId) => !known.has(animeId));
  return [...picks, ...added.map((animeId) => ({ animeId, verdict: 'plan' as const }))];
}
