/** Finds the columns of a list by their names, and by what is in them. */

import type { Scale } from '../list/scale.ts';
import { readScore } from '../list/score-text.ts';
import { isBroadcast, statusFrom } from '../list/status-words.ts';
import {
  columnName,
  OTHER_IDS,
  SCORES,
  STATUSES,
  SURE_IDS,
  TITLES,
  TYPES,
  WATCHED,
  YEARS,
} from './column-names.ts';

/** Indices of the columns; −1 = absent. */
export interface Columns {
  readonly animeId: number;
  /** whether the column of ids is one of MyAnimeList's */
  readonly isSure: boolean;
  /** a column of addresses of titles at MyAnimeList */
  readonly address: number;
  readonly rating: number;
  readonly status: number;
  /** whether the status is a yes or a no to "watched?" */
  readonly isYesNo: boolean;
  readonly watched: number;
  readonly year: number;
  readonly types: readonly number[];
  readonly titles: readonly number[];
  /** from which database an id is, row by row */
  readonly source: number;
  /** null = unknown from the column's name */
  readonly scale: Scale | null;
  /** a column of everybody's mean scores, and nothing else, would be the score */
  readonly hasOnlyMeans: boolean;
  readonly hasOnlyAges: boolean;
}

const ADDRESS = /myanimelist\.net\/(anime|manga)(?:\.php\?id=|\/)(\d{1,9})/i;

/** An address at MyAnimeList. */
export function addressIn(text: string): { kind: 'anime' | 'manga'; id: number } | null {
  if (text === '') return null;
  const [, kind, id] = ADDRESS.exec(text) ?? [];
  return kind ? { kind: kind.toLowerCase() as 'anime' | 'manga', id: Number(id) } : null;
}

const YES = /^(?:yes|y|true|1|x|✓|✔|✅|☑|ja|oui|sí|si|sim|да|はい)$/i;
const NO = /^(?:no|n|false|0|-|✗|✘|❌|☐|nein|non|não|нет|いいえ)$/i;

export function isYes(text: string): boolean {
  return YES.test(text.trim());
}

/** Names of a yes-or-no column. */
const ANSWERS = new Set([
  ...['watched', 'seen', 'finished', 'completed', 'done', 'viewed', 'vu', 'visto', 'gesehen'],
]);

/** What is in a column. */
class ColumnStatistics {
  /** only the words and numbers of columns that may be scores or statuses are looked at */
  readonly #mayBeScore: boolean;
  readonly #mayBeStatus: boolean;
  filled = 0;
  scores = 0;
  unreadable = 0;
  /** scores such as 8.62 that no person gives */
  exact = 0;
  statuses = 0;
  broadcasts = 0;
  yesOrNo = 0;
  addresses = 0;

  constructor(name: string) {
    this.#mayBeScore = SCORES.includes(name) || ANSWERS.has(name);
    this.#mayBeStatus = STATUSES.includes(name);
  }

  add(text: string): void {
    const cell = text.trim();
    if (cell === '') return;
    this.filled++;
    if (ADDRESS.test(cell)) this.addresses++;
    if (this.#mayBeScore) this.#addScore(cell);
    if (this.#mayBeStatus) this.#addStatus(cell);
  }

  #addScore(cell: string): void {
    const score = readScore(cell);
    if (score) this.scores++;
    else if (score === null) this.unreadable++;
    if (/^\d{1,2}[.,]\d\d$/.test(cell) && (100 * Number(cell.replace(',', '.'))) % 25 !== 0)
      this.exact++;
  }

  #addStatus(cell: string): void {
    if (statusFrom(cell) !== null) this.statuses++;
    if (isBroadcast(cell)) this.broadcasts++;
    if (YES.test(cell) || NO.test(cell)) this.yesOrNo++;
  }

  /** Everybody's mean has two decimals; a person's own scores hardly ever have. */
  get isMean(): boolean {
    return this.exact >= 2 && 2 * this.exact > this.scores;
  }

  get isBroadcast(): boolean {
    return this.broadcasts > 0 && 2 * this.broadcasts >= this.filled;
  }

  get isYesNo(): boolean {
    return this.filled > 0 && this.yesOrNo === this.filled;
  }
}

export class ColumnFinder {
  readonly #names: readonly ReturnType<typeof columnName>[];
  readonly #statistics: readonly ColumnStatistics[];

  constructor(header: readonly string[]) {
    this.#names = header.map(columnName);
    this.#statistics = this.#names.map(({ name }) => new ColumnStatistics(name));
  }

  /** A row below the header. */
  add(fields: readonly string[]): void {
    for (let at = 0; at < this.#names.length && at < fields.length; at++)
      this.#statistics[at].add(fields[at]);
  }

  columns(): Columns {
    const sure = this.#first(SURE_IDS);
    const other = this.#first(OTHER_IDS);
    const rating = this.#rating();
    const status = this.#status();
    const candidates = this.#all(SCORES);
    const isFilled = candidates.some((at) => this.#statistics[at].filled > 0);
    return {
      animeId: sure >= 0 ? sure : other,
      isSure: sure >= 0,
      address: this.#statistics.findIndex((column) => 2 * column.addresses > column.filled),
      rating,
      scale: this.#names[rating]?.scale ?? null,
      hasOnlyMeans: rating < 0 && candidates.some((at) => this.#statistics[at].isMean),
      hasOnlyAges:
        rating < 0 && isFilled && candidates.every((at) => this.#statistics[at].scores === 0),
      status,
      isYesNo: this.#isAnswer(status),
      watched: this.#first(WATCHED),
      year: this.#first(YEARS),
      types: this.#all(TYPES).filter((at) => at !== status),
      titles: this.#all(TITLES),
      source: this.#first(['source']),
    };
  }

  #rating(): number {
    const candidates = this.#all(SCORES);
    const scored = candidates.filter((at) => {
      const { scores, isMean } = this.#statistics[at];
      return scores > 0 && !isMean;
    });
    // Comments are words with a number now and then.
    const clear = scored.find((at) => {
      const { scores, unreadable } = this.#statistics[at];
      return scores >= unreadable;
    });
    if (clear !== undefined) return clear;
    const named = scored.find((at) => !/^notes?$/.test(this.#names[at].name));
    return named ?? -1;
  }

  #status(): number {
    const candidates = this.#all(STATUSES).filter((at) => {
      const { filled, isBroadcast } = this.#statistics[at];
      return filled > 0 && !isBroadcast && (!ANSWERS.has(this.#names[at].name) || this.#fits(at));
    });
    return candidates.find((at) => this.#statistics[at].statuses > 0) ?? candidates[0] ?? -1;
  }

  /** A column "watched" may count episodes instead. */
  #fits(at: number): boolean {
    const { isYesNo, statuses, filled, scores } = this.#statistics[at];
    return isYesNo || (2 * statuses > filled && scores < filled);
  }

  #isAnswer(at: number): boolean {
    return at >= 0 && ANSWERS.has(this.#names[at].name) && this.#statistics[at].isYesNo;
  }

  #first(wanted: readonly string[]): number {
    return this.#all(wanted)[0] ?? -1;
  }

  /** In the order of the wanted names. */
  #all(wanted: readonly string[]): number[] {
    return wanted
      .map((name) => this.#names.findIndex((column) => column.name === name))
      .filter((at) => at >= 0);
  }
}

/** How many columns of a header are known, and whether it can be a list's. */
export function knownColumns(header: readonly string[]): { known: number; isList: boolean } {
  const names = header.map((column) => columnName(column).name);
  const all = [SURE_IDS, OTHER_IDS, SCORES, STATUSES, WATCHED, YEARS, TYPES, TITLES];
  const known = names.filter((name) => all.some((wanted) => wanted.includes(name))).length;
  const isList = names.some((name) => NAMED.has(name));
  return { known, isList };
}

const NAMED = new Set([
  ...SURE_IDS,
  ...OTHER_IDS,
  ...TITLES,
  'url',
  'link',
  'mal_url',
  'address',
  '地址',
]);
