/**
 * Reads the tables of the sample's titles (titles/*.txt), one title a line, fields separated by ` | `:
 *
 *   id | title | English | Japanese | form | aired | made | reception | genres | tags | story | sentence
 *
 * form      `TV 26x24 PG-13`: type, episodes (`?` while it runs) x minutes of one, age class
 * English   `=` where it is the title itself
 * aired     `1998-04..1999-04`; for television also a season where it is not the month's, `-` for none
 * made      `Manga: Madhouse, Gallop`: source and studios
 * reception `1250k 8.8`: members and mean score, both rounded
 * tags      tone, themes and audience, our own judgement
 * story     `Cowboy Bebop 2`: the franchise and the place in it
 */
import { OsusumeError } from '../../error.ts';

const FIELDS = 12;
const SEASONS = ['winter', 'spring', 'summer', 'fall'] as const;

/** @returns the title as an unchecked object: `titles.ts` checks every field */
export function parseTitle(line: string, place: string): Record<string, unknown> {
  const fields = line.split('|').map((field) => field.trim());
  if (fields.length !== FIELDS)
    throw new OsusumeError(
      `${place} of the built-in sample has ${fields.length} fields, expected ${FIELDS}. Install Osusume again`,
    );
  const [
    id,
    title,
    english,
    japanese,
    form,
    aired,
    made,
    reception,
    genres,
    tags,
    story,
    synopsis,
  ] = fields;
  const [type, length, ratingClass] = form.split(' ');
  const [episodes, minutes] = (length ?? '').split('x');
  const [members, score] = reception.split(' ');
  return known({
    id: Number(id),
    title,
    english: english === '=' ? title : english,
    japanese,
    type,
    episodes: episodes === '?' ? undefined : Number(episodes),
    ...airing(aired, type),
    minutes: Number(minutes),
    ...maker(made),
    genres: genres.split(', '),
    ratingClass,
    members: count(members),
    score: Number(score),
    ...part(story),
    tags: tags.split(' ').filter(Boolean),
    synopsis,
  });
}

function known(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
  );
}

function airing(field: string, type: string): Record<string, unknown> {
  const [months, named] = field.split(' ');
  const [airedFrom, airedTo] = months.split('..');
  const [year, month] = airedFrom.split('-');
  const usual =
    type === 'TV' && month !== undefined
      ? SEASONS[Math.floor((Number(month) % 12) / 3)]
      : undefined;
  const season = named === '-' ? undefined : (named ?? usual);
  return { year: Number(year), airedFrom, airedTo, season };
}

function maker(field: string): Record<string, unknown> {
  const colon = field.indexOf(':');
  const studios = field.slice(colon + 1).trim();
  return { source: field.slice(0, colon).trim(), studios: studios ? studios.split(', ') : [] };
}

/** `1250k` → 1,250,000 */
function count(field: string): number {
  return field.endsWith('k') ? Math.round(1_000 * Number(field.slice(0, -1))) : Number(field);
}

function part(field: string): Record<string, unknown> {
  const space = field.lastIndexOf(' ');
  return space < 0
    ? {}
    : { franchise: field.slice(0, space), order: Number(field.slice(space + 1)) };
}
