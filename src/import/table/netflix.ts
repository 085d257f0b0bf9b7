/**
 * Netflix's viewing history: a line for each episode, "Death Note: Season 1: Rebirth", newest first. The episodes of a
 * season become one row with their number; what is not anime is found out later, by its name.
 */
import type { WrittenRow } from '../list/list-builder.ts';
import { columnName } from './column-names.ts';
import type { Columns } from './columns.ts';
import type { Table } from './table.ts';

const SEASON =
  /^(?:(?:the )?(?:season|part|series|volume|book|chapter|arc|collection|stage|cour|saison|staffel|temporada|stagione|parte|teil|partie|sezon|säsong|シーズン|パート|сезон|시즌|第)\s*\d*.*|(?:.+ )?(?:limited|mini) ?-?series|.*\bseason\b.*|.*第\d+.*)$/i;
/** Rows that are looked at. */
const SAMPLE = 500;

interface Season {
  readonly names: readonly string[];
  readonly episodes: Set<string>;
  readonly line: number;
  isSeries: boolean;
}

export class NetflixRows {
  readonly #seasons = new Map<string, Season>();

  /** A title, a date, and titles with their season and episode. */
  static fits({ header, rows }: Table, { titles, rating, status, animeId }: Columns): boolean {
    const names = header.map((column) => columnName(column).name);
    const isHistory =
      names.includes('latest_bookmark') || (names.length === 2 && names[1] === 'date');
    if (!isHistory || titles.length === 0 || rating >= 0 || status >= 0 || animeId >= 0)
      return false;
    let at = 0;
    for (const { fields } of rows()) {
      const parts = (fields?.[titles[0]] ?? '').split(': ');
      if (parts.length > 2 || parts.slice(1).some((part) => SEASON.test(part))) return true;
      if (++at === SAMPLE) break;
    }
    return false;
  }

  add(title: string, line: number): void {
    const parts = title.split(/:\s+/).map((part) => part.trim());
    const at = parts.findIndex((part, n) => n > 0 && SEASON.test(part));
    const show = at > 0 ? parts.slice(0, at).join(': ') : parts[0];
    const season = at > 0 ? parts[at] : '';
    const key = `${show}\n${season}`;
    const known = this.#seasons.get(key);
    if (known) {
      known.episodes.add(title);
      known.isSeries = true;
      return;
    }
    const names = at > 0 ? namesOf(show, season) : [...new Set([title, show])];
    const isSeries = at > 0 && parts.length > at + 1;
    this.#seasons.set(key, { names, episodes: new Set([title]), line, isSeries });
  }

  *rows(): Generator<WrittenRow> {
    for (const { names, episodes, line, isSeries } of this.#seasons.values()) {
      const kept = names.filter((name) => name !== '');
      if (kept.length === 0) continue;
      yield {
        ...{ animeId: null, isSure: false, names: kept, score: '', line, year: null, type: null },
        status: isSeries ? '' : 'completed',
        watched: isSeries ? episodes.size : null,
      };
    }
  }
}

function namesOf(show: string, season: string): string[] {
  const number = Number(/\d+/.exec(season)?.[0] ?? 1);
  if (number === 1) return [show];
  return [`${show} Season ${number}`, `${show}: ${season}`];
}
