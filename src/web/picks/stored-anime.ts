/** Titles in this browser's storage. They are checked when read, because storage may contain anything. */
import type { Anime } from '../title/anime.ts';

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const areTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const CHECKS: Readonly<Record<keyof Anime, Check>> = {
  animeId: isNumber,
  title: isText,
  titleEnglish: orNull(isText),
  titleJapanese: orNull(isText),
  type: orNull(isText),
  episodes: orNull(isNumber),
  year: orNull(isNumber),
  season: orNull(isText),
  adult: (value) => typeof value === 'boolean',
  genres: areTexts,
  studios: areTexts,
  members: isNumber,
  meanScore: orNull(isNumber),
};
const FIELDS = Object.keys(CHECKS) as (keyof Anime)[];

/** Leaves out other fields: a synopsis takes much room. */
export function forStorage(anime: Anime): Anime {
  return Object.fromEntries(FIELDS.map((field) => [field, anime[field]])) as unknown as Anime;
}

export function isStoredAnime(value: unknown): value is Anime {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return FIELDS.every((field) => CHECKS[field](fields[field]));
}
