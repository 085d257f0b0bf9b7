/** The rows that come to no title of the catalogue: why, and which titles they may mean. */
import type { Anime } from '../../data/anime.ts';
import { seasonOf } from '../../search/season-mark.ts';
import type { ImportedList, LeftOut, ListRow } from '../list/imported-list.ts';
import { NEAREST, nearestTo } from './nearest.ts';
import {
  type NameSources,
  statusOf,
  type UnknownReason,
  type UnknownTitle,
} from './placed-list.ts';
import type { Found, TitleNames } from './title-names.ts';

/** Names whose nearest titles are looked for, of a few ms each; a list that has more of them is hardly one of anime. */
const MOST_SEARCHED = 200;

export class UnknownRows {
  readonly titles: UnknownTitle[] = [];
  readonly #list: ImportedList;
  readonly #sources: NameSources;
  readonly #lastYear: number | null;
  readonly #lastId: number;
  #searched = 0;
  #otherMedia = 0;

  constructor(list: ImportedList, sources: NameSources, lastYear: number | null) {
    this.#list = list;
    this.#sources = sources;
    this.#lastYear = lastYear;
    this.#lastId = sources.catalogue.reduce((last, { animeId }) => Math.max(last, animeId), 0);
  }

  /** @param names null = no row has needed them */
  async add(row: ListRow, byName: Found, names: TitleNames | null): Promise<void> {
    const { reason, nearest } = await this.#why(row, byName, names);
    if (reason === 'unlike-any' && this.#list.isMixed) {
      this.#otherMedia++;
      return;
    }
    const { animeId, rating, line } = row;
    this.titles.push({
      title: row.names[0] ?? (animeId === null ? '' : String(animeId)),
      ...{ animeId, reason, status: statusOf(row, null), nearest },
      ...(line === undefined ? {} : { line }),
      ...(rating === undefined ? {} : { rating }),
    });
  }

  leftOut(counts: Readonly<Record<LeftOut, number>>): Readonly<Record<LeftOut, number>> {
    return { ...counts, 'other-media': counts['other-media'] + this.#otherMedia };
  }

  async #why(row: ListRow, byName: Found, names: TitleNames | null): Promise<Why> {
    const { animeId, year } = row;
    if (Array.isArray(byName)) return ambiguous(byName as readonly Anime[]);
    if (row.names.length === 0)
      return alone(animeId === null ? 'no-title' : this.#reasonOfId(animeId));
    // The numbers of a site's archive stand for titles that it does not name.
    if (/^AniList \d+$/.test(row.names[0])) return alone('no-id');
    if (animeId !== null && row.isSure) return alone(this.#reasonOfId(animeId));
    if (year !== null && this.#lastYear !== null && year > this.#lastYear) return alone('newer');
    if (names && isLaterSeason(row, names)) return alone('newer');
    return this.#bySearch(row.names);
  }

  #reasonOfId(animeId: number): UnknownReason {
    return animeId > this.#lastId ? 'newer' : 'not-in-catalogue';
  }

  async #bySearch(names: readonly string[]): Promise<Why> {
    if (this.#searched >= MOST_SEARCHED) return alone('unknown-name');
    this.#searched++;
    const search = await this.#sources.search();
    const found = nearestTo(names[0], (name, options) => search.find(name, options));
    const unlike = this.#list.source === 'anilist' ? 'no-id' : 'unlike-any';
    return { reason: found.isAlike ? 'unknown-name' : unlike, nearest: found.titles };
  }
}

interface Why {
  readonly reason: UnknownReason;
  readonly nearest: readonly Anime[];
}

function alone(reason: UnknownReason): Why {
  return { reason, nearest: [] };
}

function ambiguous(titles: readonly Anime[]): Why {
  const best = [...titles].sort((a, b) => b.members - a.members);
  return { reason: 'ambiguous-name', nearest: best.slice(0, NEAREST) };
}

/** "Attack on Titan Season 5" of a story whose first season is there. */
function isLaterSeason({ names }: ListRow, titles: TitleNames): boolean {
  return names.some((name) => {
    const { season, base } = seasonOf(name);
    if (season < 2) return false;
    return titles.find({ names: [base], year: null, type: null }) !== 'unknown-name';
  });
}
