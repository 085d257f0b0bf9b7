/**
 * Links to the page that carry the element's list, so that the page there goes on from it. The list is in the fragment,
 * which browsers send to no server.
 */
import { writeFragment } from '../web/app/address.ts';
import { NEW_VISIT, type Visit } from '../web/app/visit.ts';
import { isVerdict, type Pick } from '../web/picks/picks.ts';
import { DEFAULT_RULES, type Rules } from '../web/rules/rules.ts';
import type { ListRequest } from './attributes.ts';

/** @param open animeId of the title to open; null = none */
export function fragmentOf(request: ListRequest, open: number | null): string {
  const { user, ratings, rules } = request;
  const visit: Visit = {
    ...NEW_VISIT,
    user,
    open,
    picks: user === null ? ratings.flatMap(pickOf) : [],
    rules: rulesOf(rules),
  };
  return writeFragment(visit);
}

/** A rating that the page has no sign for is left out. */
function pickOf({ animeId, rating, status }: ListRequest['ratings'][number]): Pick[] {
  if (typeof rating === 'number' && rating > 0) {
    const verdict = Math.round(rating);
    return isVerdict(verdict) ? [{ animeId, verdict }] : [];
  }
  const verdict = status === 'plan_to_watch' ? 'plan' : status === 'dropped' ? 'no' : 'seen';
  return [{ animeId, verdict }];
}

/** The page has its own way for years, and no "none". */
function rulesOf(rules: ListRequest['rules']): Rules {
  if (rules === undefined || rules === 'none') return DEFAULT_RULES;
  const { years, seen: _, without: __, ...others } = rules;
  return { ...DEFAULT_RULES, ...others, from: years?.[0] ?? null, to: years?.[1] ?? null };
}
