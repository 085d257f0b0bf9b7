/** The fields of one row of a catalogue → a title. */

import type { Anime } from '../anime.ts';
import type { CatalogueField } from '../layout/catalogue-layouts.ts';
import { isAdult } from './adult.ts';
import {
  decodeText,
  parseAired,
  parseCount,
  parseDate,
  parseDuration,
  parseList,
  parseNumber,
  parsePremiered,
  parseText,
  parseType,
} from './anime-fields.ts';
import { parseSynopsis } from './synopsis.ts';

/** @param field undefined = the file has no such column */
export function titleFrom(
  animeId: number,
  field: (name: CatalogueField) => string | undefined,
): Anime {
  const title = decodeText(field('title')!);
  const aired = airedOf(field);
  const premiered = parsePremiered(field('premiered'));
  const genres = parseList(field('genres'));
  const tags = parseList(field('tags'));
  const studios = parseList(field('studios'));
  const rating = field('ratingClass');
  const ratingClass = parseText(rating);
  return {
    animeId,
    title,
    titleEnglish: parseText(field('titleEnglish')),
    titleJapanese: parseText(field('titleJapanese')),
    synonyms: parseList(field('synonyms')).filter((name) => name !== title),
    type: parseType(field('type')),
    episodes: parseCount(field('episodes')) || null,
    year: premiered.year ?? yearOf(aired.from ?? field('year')),
    season: premiered.season,
    airedFrom: aired.from,
    airedTo: aired.to,
    duration: parseDuration(field('duration')),
    source: parseText(field('source')),
    ratingClass,
    adult: isAdult({ ratingClass, genres, tags, studios, hasClasses: rating !== undefined }),
    genres,
    ...(tags.length > 0 && { tags }),
    studios,
    themes: [],
    members: parseCount(field('members')) ?? 0,
    meanScore: parseScore(field('meanScore')),
    synopsis: parseSynopsis(field('synopsis')),
    franchise: null,
  };
}

function airedOf(field: (name: CatalogueField) => string | undefined) {
  const aired = parseAired(field('aired'));
  return {
    from: aired.from ?? parseDate(field('airedFrom')),
    to: aired.to ?? parseDate(field('airedTo')),
  };
}

/** `1998-04-03`, `1998`, `1998.0` → 1998 */
function yearOf(text: string | null | undefined): number | null {
  const [, year] = /^(\d{4})(?:-|\.0*$|$)/.exec(text?.trim() ?? '') ?? [];
  return year === undefined || year === '0000' ? null : Number(year);
}

function parseScore(field: string | undefined): number | null {
  const score = parseNumber(field);
  return score !== null && score >= 1 && score <= 10 ? score : null;
}
