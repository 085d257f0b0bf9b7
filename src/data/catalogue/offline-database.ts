/**
 * An anime-offline-database (manami-project): titles with the addresses they have on many sites, synonyms, relations and
 * tags. The file is one JSON object { data: [entry, …] }, or a line for each entry after a line about the file (.jsonl).
 */
import { readFile, stat } from 'node:fs/promises';
import { OsusumeError } from '../../error.ts';

export interface OfflineEntry {
  /** MyAnimeList's; an entry may stand for several */
  readonly animeIds: readonly number[];
  readonly title: string;
  readonly type: string | null;
  readonly episodes: number | null;
  readonly season: string | null;
  readonly year: number | null;
  /** minutes */
  readonly duration: number | null;
  readonly score: number | null;
  readonly synonyms: readonly string[];
  readonly studios: readonly string[];
  readonly tags: readonly string[];
  /** animeIds; the kind of relation is not known */
  readonly related: readonly number[];
}

/** The published files have 60 MB. */
const MAX_BYTES = 512 * 2 ** 20;

/** Whether a JSON file begins like one. */
export function isOfflineDatabase(head: string): boolean {
  const start = head.slice(0, 4000);
  return (
    /manami-project|anime-offline-database/.test(start) ||
    (/"sources"\s*:\s*\[/.test(start) && /"(data|title)"\s*:/.test(start))
  );
}

/** @throws OsusumeError when the file cannot be read or is something else */
export async function readOfflineDatabase(path: string, label = path): Promise<OfflineEntry[]> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES)
      throw new TypeError(`it has ${size} bytes, at most ${MAX_BYTES} are read`);
    return parseOfflineDatabase(await readFile(path, 'utf8'));
  } catch (error) {
    throw new OsusumeError(
      `${label} is not an anime-offline-database file: ${(error as Error).message}. ` +
        'Download anime-offline-database.jsonl from the releases of github.com/manami-project/anime-offline-database, or leave it out',
    );
  }
}

/** @throws TypeError or SyntaxError that says what is malformed */
export function parseOfflineDatabase(text: string): OfflineEntry[] {
  return entriesOf(text.replace(/^\uFEFF/, '')).map(toEntry);
}

function entriesOf(text: string): unknown[] {
  const firstLine = text.slice(0, text.indexOf('\n') + 1 || text.length);
  if (!isWhole(firstLine) || text.length === firstLine.length) {
    const data = (JSON.parse(text) as { data?: unknown } | null)?.data;
    if (!Array.isArray(data)) throw new TypeError('it has no list "data"');
    return data;
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const rows = lines.map((line, at): unknown => {
    try {
      return JSON.parse(line);
    } catch (error) {
      throw new SyntaxError(`line ${at + 1}: ${(error as Error).message}`);
    }
  });
  // The first line is about the file itself.
  return 'sources' in Object(rows[0]) ? rows : rows.slice(1);
}

/** Whether a line is a JSON object by itself. */
function isWhole(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

function toEntry(value: unknown, index: number): OfflineEntry {
  const entry = Object(value) as Record<string, unknown>;
  const texts = (name: string): string[] => {
    const list = entry[name] ?? (name === 'sources' ? undefined : []);
    if (Array.isArray(list) && list.every((text) => typeof text === 'string')) return list;
    throw new TypeError(`"${name}" of entry ${index} is not a list of texts`);
  };
  const season = Object(entry.animeSeason) as Record<string, unknown>;
  const duration = Object(entry.duration) as Record<string, unknown>;
  const score = Object(entry.score) as Record<string, unknown>;
  const seconds = duration.unit === 'SECONDS' ? numberOf(duration.value) : null;
  return {
    animeIds: texts('sources').flatMap(animeIdOf),
    title: typeof entry.title === 'string' ? entry.title.trim() : '',
    type: typeof entry.type === 'string' ? entry.type : null,
    episodes: numberOf(entry.episodes),
    season: typeof season.season === 'string' ? season.season : null,
    year: numberOf(season.year),
    duration: seconds && Math.round((seconds / 60) * 100) / 100,
    score: numberOf(score.arithmeticMean),
    synonyms: texts('synonyms'),
    studios: texts('studios'),
    tags: texts('tags'),
    related: texts('relatedAnime').flatMap(animeIdOf),
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

function animeIdOf(url: string): number[] {
  const found = /^https?:\/\/myanimelist\.net\/anime\/(\d{1,9})(?:\/|$)/.exec(url);
  return found ? [Number(found[1])] : [];
}
