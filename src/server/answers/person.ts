/** Users of the data set for REST and GraphQL. */
import type { Anime } from '../../data/anime.ts';
import type { Profile, StatusName } from '../../data/interactions.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { statusName } from '../../recommend/profile.ts';
import { Problem } from '../http/problem.ts';

export function peopleSwitchedOff(): Problem {
  return new Problem(
    404,
    'The lists of the people in the data set are switched off on this server (serve.people). Send a list of your own to /api/recommendations',
  );
}

/** @throws Problem 404 when the data set has no such user */
export async function profileOf({ people, about }: Bundle, userId: number): Promise<Profile> {
  const profile = await people.profile(userId);
  if (profile === null)
    throw new Problem(
      404,
      `There is no person ${userId} among the ${about.people} of this data set`,
      'userId',
    );
  return profile;
}

export interface ListEntry {
  readonly anime: Anime;
  /** 1–10; null = not scored */
  readonly rating: number | null;
  readonly status: StatusName;
}

/** Best rated first, then by members. */
export function entriesOf({ catalogue }: Bundle, profile: Profile): ListEntry[] {
  const { items, ratings, statuses } = profile;
  const order = Array.from(items.keys()).sort((a, b) => ratings[b] - ratings[a] || a - b);
  return order.map((p) => ({
    anime: catalogue[items[p]],
    rating: ratings[p] || null,
    status: statusName(statuses[p]),
  }));
}
