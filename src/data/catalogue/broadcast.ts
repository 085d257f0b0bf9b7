/**
 * Whether a title had begun, was being broadcast or had ended when the data were collected. The data do not say when that
 * was: it is read from the titles that people could score.
 */
import type { Anime } from '../anime.ts';

export type Broadcast = 'unaired' | 'airing' | 'finished' | 'unknown';

type Dated = Pick<Anime, 'airedFrom' | 'airedTo' | 'episodes' | 'meanScore'>;

/** One scored title in so many may have a wrong date. */
const WRONG_DATES = 2000;
/** A title of known length without an end has ended after so many years. */
const MOST_YEARS = 3;

/** ISO date of the last beginnings among titles with a mean score; null = no title has both. */
export function collectedOn(titles: readonly Dated[]): string | null {
  const begun = titles
    .flatMap(({ meanScore, airedFrom }) =>
      meanScore === null || airedFrom === null ? [] : [earliest(airedFrom)],
    )
    .sort();
  return begun.at(-1 - Math.floor(begun.length / WRONG_DATES)) ?? null;
}

/** @param collected of `collectedOn` */
export function broadcastOf(anime: Dated, collected: string | null): Broadcast {
  const { airedFrom, airedTo, meanScore, episodes } = anime;
  if (collected === null) return 'unknown';
  if (meanScore === null && (airedFrom === null || latest(airedFrom) > collected)) return 'unaired';
  if (airedFrom === null) return 'unknown';
  if (airedTo !== null) return earliest(airedTo) > collected ? 'airing' : 'finished';
  const years = Number(collected.slice(0, 4)) - Number(airedFrom.slice(0, 4));
  return episodes !== null && years > MOST_YEARS ? 'finished' : 'airing';
}

/** A date as precise as known → its first possible day, and its last. */
const earliest = (date: string): string => `${date}${'-01-01'.slice(date.length - 4)}`;
const latest = (date: string): string => `${date}${'-12-31'.slice(date.length - 4)}`;
