/** A table without a header: what each column is, by what is in it. */
import { csvRecords } from '../../data/csv/csv.ts';
import { readScore } from '../list/score-text.ts';
import { statusFrom } from '../list/status-words.ts';
import { addressIn } from './columns.ts';
import { LIMITS, SEPARATORS } from './dialect.ts';
import type { Table } from './table.ts';

/** Records that are looked at. */
const SAMPLE = 200;
/** Share of the cells of a column that must be of a kind. */
const MOST = 0.6;

/** @returns null when it is no table: titles line by line, perhaps */
export function headerFor(content: string): Table | null {
  for (const separator of SEPARATORS) {
    const header = headerWith(content, separator);
    if (header) return { header, separator, rows: () => csvRecords(content, separator, LIMITS) };
  }
  return null;
}

function headerWith(content: string, separator: string): string[] | null {
  const rows: (readonly string[])[] = [];
  for (const { fields } of csvRecords(content, separator, LIMITS)) {
    if (fields?.some((field) => field.trim() !== '')) rows.push(fields);
    if (rows.length === SAMPLE) break;
  }
  if (rows.length === 0) return null;
  const widths = rows.map(({ length }) => length);
  const width = median(widths);
  const fitting = rows.filter(({ length }) => length === width);
  if (fitting.length < 0.8 * rows.length || width > 30) return null;
  const kinds = Array.from({ length: width }, (_, at) => kindOf(fitting.map((row) => row[at])));
  // A list of numbers or addresses alone is one of ids.
  if (width === 1) return kinds[0] === 'id' || kinds[0] === 'url' ? [...named(kinds)] : null;
  const isTable = kinds.includes('title') || kinds.includes('url');
  const isMore = kinds.some((kind) => kind === 'score' || kind === 'status' || kind === 'id');
  return isTable && isMore ? [...named(kinds)] : null;
}

type Kind = 'id' | 'url' | 'score' | 'status' | 'title' | '';

function kindOf(cells: readonly string[]): Kind {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (filled.length === 0) return '';
  const share = (is: (cell: string) => boolean) => filled.filter(is).length / filled.length;
  if (share((cell) => addressIn(cell) !== null) >= MOST) return 'url';
  const isNumber = share((cell) => /^\d{1,6}$/.test(cell)) === 1;
  const isLarge = filled.some((cell) => Number(cell) > 100);
  if (isNumber && (isLarge || cells.length === filled.length) && isLarge) return 'id';
  if (share((cell) => Boolean(readScore(cell))) >= MOST) return 'score';
  if (share((cell) => statusFrom(cell) !== null) >= MOST) return 'status';
  return share((cell) => /\p{L}/u.test(cell)) >= MOST ? 'title' : '';
}

const NAMES: Readonly<Record<Exclude<Kind, ''>, string>> = {
  id: 'id',
  url: 'url',
  score: 'score',
  status: 'status',
  title: 'title',
};

/** Only the first column of a kind is taken. */
function* named(kinds: readonly Kind[]): Generator<string> {
  const taken = new Set<Kind>(['']);
  for (const kind of kinds) {
    yield kind === '' || taken.has(kind) ? '-' : NAMES[kind];
    taken.add(kind);
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
