/** Single fields of the catalogue files → what they mean. `Unknown` and the like are null everywhere. */
import { decodeHTML } from 'entities';
import type { AnimeType, Season } from '../anime.ts';

const MISSING = new Set(['', 'unknown', 'none', 'none found', 'not available', 'nan', 'n/a', '?']);
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

/** A finite number ≥ 0, also as `26.0`. */
export function parseNumber(field: string | undefined): number | null {
  const text = field?.trim() ?? '';
  return /^\d+(\.\d*)?$/.test(text) ? Number(text) : null;
}

/** A whole number ≥ 0 below 2³¹, also as `26.0`. */
export function parseCount(field: string | undefined): number | null {
  const number = parseNumber(field);
  return number !== null && Number.isInteger(number) && number < 2 ** 31 ? number : null;
}

/** `Action, Sci-Fi` → two names, each once. */
export function parseList(field: string | undefined): string[] {
  const text = parseText(field);
  if (text === null) return [];
  const names = text.split(',').map((name) => parseText(name));
  return [...new Set(names.filter((name) => name !== null))];
}

export function parseType(field: string | undefined): AnimeType | null {
  return TYPES.find((type) => type === field?.trim()) ?? null;
}

/** `Apr 3, 1998 to Apr 24, 1999`, `Sep, 2001`, `1998 to ?` → ISO dates, as precise as known. A single date is a single day. */
export function parseAired(field: string | undefined): { from: string | null; to: string | null } {
  const [from, to, ...more] = (field ?? '').split(' to ').map(parseDate);
  if (more.length > 0) return { from: null, to: null };
  return { from: from ?? null, to: to === undefined ? (from ?? null) : to };
}

function parseDate(text: string): string | null {
  const [, month, day, year] =
    /^(?:([A-Z][a-z]{2})(?: (\d{1,2}))?, )?(\d{4})$/.exec(text.trim()) ?? [];
  if (!year) return null;
  const number = month ? MONTHS.indexOf(month) + 1 : 0;
  if (number === 0) return year;
  const date = `${year}-${String(number).padStart(2, '0')}`;
  return day && Number(day) >= 1 && Number(day) <= 31 ? `${date}-${day.padStart(2, '0')}` : date;
}

/** `Spring 1998` */
export function parsePremiered(field: string | undefined): {
  season: Season | null;
  year: number | null;
} {
  const [, season, year] = /^(Winter|Spring|Summer|Fall) (\d{4})$/.exec(field?.trim() ?? '') ?? [];
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
