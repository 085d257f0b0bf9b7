/** Single fields of the catalogue files → what they mean. `Unknown` and the like are null everywhere. */
import { decodeHTML } from 'entities';
import type { AnimeType, Season } from '../anime.ts';

const MISSING = new Set([
  '',
  'unknown',
  'none',
  'none found',
  'not available',
  'nan',
  'n/a',
  '?',
  'null',
  'nat',
  '<na>',
]);
const TYPES: readonly AnimeType[] = ['TV', 'Movie', 'OVA', 'ONA', 'Special', 'Music'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Entities decoded (`Gintama&#039;`; some published copies are escaped twice), spaces trimmed. */
export function decodeText(field: string): string {
  return decodeHTML(decodeHTML(field)).replaceAll('\0', '').trim();
}

export function parseText(field: string | undefined): string | null {
  const text = decodeText(field ?? '');
  return MISSING.has(text.toLowerCase()) ? null : text;
}

/** A finite number ≥ 0, also as `26.0`, `900,000` or, where Excel writes it so, `8,75`. */
export function parseNumber(field: string | undefined): number | null {
  const text = field?.trim() ?? '';
  if (/^\d{1,3}(,\d{3})+$/.test(text)) return Number(text.replaceAll(',', ''));
  return /^\d+([.,]\d*)?$/.test(text) ? Number(text.replace(',', '.')) : null;
}

/** A whole number ≥ 0 below 2³¹, also as `26.0`. */
export function parseCount(field: string | undefined): number | null {
  const number = parseNumber(field);
  return number !== null && Number.isInteger(number) && number < 2 ** 31 ? number : null;
}

/** `Action, Sci-Fi`, `Action|Sci-Fi` or a list as Python and Parquet write it, `['Action', 'Sci-Fi']` → names, each once. */
export function parseList(field: string | undefined): string[] {
  const text = parseText(field);
  if (text === null) return [];
  const names = listItems(text).map((name) => parseText(name));
  return [...new Set(names.filter((name) => name !== null))];
}

function listItems(text: string): string[] {
  const [, inside] = /^[[{(](.*)[\])}]$/s.exec(text) ?? [];
  if (inside === undefined) return text.split(text.includes('|') ? '|' : ',');
  const quoted = [...inside.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs)];
  if (quoted.length === 0) return inside.split(',');
  return quoted.map(([, single, double]) => (single ?? double).replace(/\\(.)/gs, '$1'));
}

/** `TV`, `MOVIE`, `TV Special`; promotional videos and commercials are specials. */
export function parseType(field: string | undefined): AnimeType | null {
  const text = field?.trim().toLowerCase();
  if (text === 'tv special' || text === 'tv_special' || text === 'pv' || text === 'cm')
    return 'Special';
  return TYPES.find((type) => type.toLowerCase() === text) ?? null;
}

/**
 * `Apr 3, 1998 to Apr 24, 1999`, `Sep, 2001`, `1998 to ?`, `{'from': '1998-04-03', 'to': None}` → ISO dates, as precise as
 * known. A single date is a single day.
 */
export function parseAired(field: string | undefined): { from: string | null; to: string | null } {
  if (field?.startsWith('{')) {
    const [from, to] = ['from', 'to'].map(
      (key) => new RegExp(`['"]${key}['"]: *['"]([^'"]*)['"]`).exec(field)?.[1],
    );
    return { from: parseDate(from), to: parseDate(to) };
  }
  const [from, to, ...more] = (field ?? '').split(' to ').map(parseDate);
  if (more.length > 0) return { from: null, to: null };
  return { from: from ?? null, to: to === undefined ? (from ?? null) : to };
}

/** `Apr 3, 1998`, `1998`, `1998-04-03`, `1998-04-03T00:00:00+00:00` → an ISO date, as precise as known */
export function parseDate(text: string | undefined): string | null {
  if (text === undefined) return null;
  const [iso] = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?=$|[T ])/.exec(text.trim()) ?? [];
  if (iso) return iso.startsWith('0000') ? null : iso;
  const [, month, day, year] =
    /^(?:([A-Z][a-z]{2})(?: (\d{1,2}))?, )?(\d{4})$/.exec(text.trim()) ?? [];
  if (!year) return null;
  const number = month ? MONTHS.indexOf(month) + 1 : 0;
  if (number === 0) return year;
  const date = `${year}-${String(number).padStart(2, '0')}`;
  return day && Number(day) >= 1 && Number(day) <= 31 ? `${date}-${day.padStart(2, '0')}` : date;
}

/** `Spring 1998`, `spring 1998` */
export function parsePremiered(field: string | undefined): {
  season: Season | null;
  year: number | null;
} {
  const [, season, year] = /^(winter|spring|summer|fall) (\d{4})$/i.exec(field?.trim() ?? '') ?? [];
  return {
    season: season ? (season.toLowerCase() as Season) : null,
    year: year ? Number(year) : null,
  };
}

/** `1 hr. 55 min.`, `24 min. per ep.`, `30 sec.` → minutes */
export function parseDuration(field: string | undefined): number | null {
  const [hours, minutes, seconds] = ['hr', 'min', 'sec'].map((unit) =>
    Number(new RegExp(`(\\d+) ${unit}\\b`).exec(field ?? '')?.[1] ?? 0),
  );
  const total = hours * 60 + minutes + seconds / 60;
  return total > 0 ? Math.round(total * 100) / 100 : null;
}
