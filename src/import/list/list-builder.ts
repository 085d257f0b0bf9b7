/** Collects the rows of a list as they were written; once all are there, finds the scale and puts scores on 1–10. */
import type { AnimeType } from '../../data/anime.ts';
import type { StatusName } from '../../data/interactions.ts';
import { ImportError } from './import-error.ts';
import {
  type ImportedList,
  type LeftOut,
  type ListFacts,
  type ListRow,
  MOST_ENTRIES,
  MOST_UNREAD,
  NOTHING_LEFT_OUT,
  type Note,
  shownCell,
  tooManyEntries,
  type UnreadCell,
} from './imported-list.ts';
import {
  highestOf,
  onTen,
  type Scale,
  type ScaleChoice,
  scaleOf,
  scaleUpTo,
  wholeTen,
} from './scale.ts';
import { readScore, type WrittenScore } from './score-text.ts';
import { likelyStatus, statusFrom } from './status-words.ts';

export interface WrittenRow {
  readonly animeId: number | null;
  readonly isSure: boolean;
  readonly names: readonly string[];
  /** undefined or '' = not scored */
  readonly score: string | undefined;
  /** undefined or '' = not said */
  readonly status: string | undefined;
  readonly watched: number | null;
  readonly year: number | null;
  readonly type: AnimeType | null;
  readonly line?: number;
}

export interface ListOptions {
  /** of the file, for messages */
  readonly name: string;
  /** chosen by the person; comes before whatever is found */
  readonly scale?: ScaleChoice;
}

/** Names of titles, each of which is looked up: more than one file with all titles has. */
const MOST_NAMES = 4 * MOST_ENTRIES;

export class ListBuilder {
  readonly #options: ListOptions;
  readonly #rows: ListRow[] = [];
  /** row → its score */
  readonly #scores = new Map<number, WrittenScore>();
  readonly #unread: UnreadCell[] = [];
  readonly #leftOut = { ...NOTHING_LEFT_OUT };
  #unreadCount = 0;
  #names = 0;

  constructor(options: ListOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#rows.length;
  }

  /** @throws ImportError when there are more rows or names than any list has */
  add(row: WrittenRow): void {
    const { name } = this.#options;
    if (this.#rows.length === MOST_ENTRIES) throw tooManyEntries(name);
    this.#names += row.names.length;
    if (this.#names > MOST_NAMES)
      throw new ImportError(
        'too-large',
        `${name} has more than ${MOST_NAMES} names of titles: is it one person's list?`,
      );
    const score = this.#scoreOf(row.score, row);
    if (score) this.#scores.set(this.#rows.length, score);
    const { animeId, isSure, names, watched, year, type, line } = row;
    const status = this.#statusOf(row.status, row, score !== undefined);
    const without = { animeId, isSure, names, status, watched, year, type };
    this.#rows.push(line === undefined ? without : { ...without, line });
  }

  leaveOut(what: LeftOut): void {
    this.#leftOut[what]++;
  }

  unread(what: UnreadCell['what'], value: string, line = 0): void {
    this.#unreadCount++;
    if (this.#unread.length < MOST_UNREAD)
      this.#unread.push({ line, what, value: shownCell(value) });
  }

  /** @param named the scale that the file names; null = none */
  list(
    about: Pick<ListFacts, 'source' | 'format' | 'owner' | 'isMixed'>,
    named: Scale | null,
    notes: readonly Note[],
    mayBeStars = true,
  ): ImportedList {
    const scale = this.#scale(named, mayBeStars);
    const rows = [...this.#rows];
    for (const [at, score] of this.#scores) {
      const rating = this.#ratingOf(score, scale, rows[at].line);
      if (rating !== undefined) rows[at] = { ...rows[at], rating };
    }
    return {
      ...about,
      scale,
      rows,
      unread: this.#unread,
      unreadCount: this.#unreadCount,
      leftOut: this.#leftOut,
      notes,
    };
  }

  #scoreOf(text: string | undefined, { line }: WrittenRow): WrittenScore | undefined {
    const score = readScore(text);
    if (score === null) this.unread('score', text ?? '', line);
    return score ?? undefined;
  }

  /** A status in unknown words is one that the score and the episodes tell. */
  #statusOf(
    said: string | undefined,
    { watched, line }: WrittenRow,
    scored: boolean,
  ): StatusName | null {
    if (!said?.trim()) return null;
    const status = statusFrom(said);
    if (status !== null) return status;
    // MyAnimeList's data have codes without a meaning: 0, 5, 33.
    if (!/^\d{1,2}$/.test(said.trim())) this.unread('status', said, line);
    return likelyStatus(scored, (watched ?? 0) > 0);
  }

  #scale(named: Scale | null, mayBeStars: boolean): Scale {
    const scores = [...this.#scores.values()];
    if (scores.length === 0) return 'none';
    if (this.#options.scale) return this.#options.scale;
    if (named !== null && named !== 'none') return named;
    const plain = scores.filter(({ most }) => most === null);
    if (plain.length === 0) return scaleUpTo(mostCommon(scores)) ?? '1-10';
    const values = plain.map(({ value }) => value);
    if (plain.every(({ isStars }) => isStars) && values.every((value) => value <= 5)) return '1-5';
    return scaleOf(values, mayBeStars);
  }

  /** @returns undefined for a score that is not on the scale */
  #ratingOf({ value, most }: WrittenScore, scale: Scale, line?: number): number | undefined {
    // What a person chooses comes before what a cell says of itself.
    const own = this.#options.scale ? null : most;
    if (value > (own ?? highestOf(scale))) {
      this.unread('score', String(value), line);
      return undefined;
    }
    return own === null ? onTen(value, scale) : wholeTen((value / own) * 10);
  }
}

function mostCommon(scores: readonly WrittenScore[]): number {
  const counts = new Map<number, number>();
  for (const { most } of scores) counts.set(most ?? 10, (counts.get(most ?? 10) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}
