/** How a table is written: what separates its fields, and which line is its header. */
import { csvRecords } from '../../data/csv/csv.ts';
import { knownColumns } from './columns.ts';

export interface Dialect {
  readonly separator: string;
  /** number of records before the header; null = no header was found */
  readonly header: number | null;
  /** known columns of the header, though it has neither titles nor ids */
  readonly isForeign: boolean;
}

export const LIMITS = {
  /** No export has a tenth as many. */
  mostFields: 1000,
  /** UTF-16 units of a field: a person's notes on a title are longer nowhere. */
  longestField: 1 << 16,
  isLenient: true,
};

/** Spreadsheets separate fields by semicolons in countries with a decimal comma. */
export const SEPARATORS = ['\t', ';', '|', ','] as const;
/** Records in which a header is looked for: a sheet may have a heading of its own. */
const LINES = 10;

export function dialectOf(text: string): Dialect {
  const [, hinted] = /^"?sep=(.)"?\r?\n/i.exec(text.slice(0, 20)) ?? [];
  const separators = hinted ? [hinted] : SEPARATORS;
  const found = separators.map((separator) => headerIn(text, separator));
  const best = found.reduce((a, b) => (isBetter(b, a) ? b : a));
  const { separator, at, known, isList } = best;
  return { separator, header: isList ? at : null, isForeign: !isList && known >= 2 };
}

interface Header {
  readonly separator: string;
  readonly at: number;
  readonly known: number;
  readonly isList: boolean;
}

function headerIn(text: string, separator: string): Header {
  let best: Header = { separator, at: 0, known: 0, isList: false };
  let at = 0;
  for (const { fields } of csvRecords(text, separator, LIMITS)) {
    const columns = (fields ?? []).filter((field) => field.trim() !== '');
    const { known, isList } = knownColumns(columns);
    // A title may be called like a column, but not like several; "Anime:" is a heading.
    const isAlone = columns.length <= 1 && (at > 0 || /[:：]\s*$/.test(columns[0] ?? ''));
    const isSure = isList && !isAlone;
    const header = { separator, at, known, isList: isSure };
    if (isBetter(header, best)) best = header;
    if (++at === LINES) break;
  }
  return best;
}

function isBetter(header: Header, other: Header): boolean {
  if (header.isList !== other.isList) return header.isList;
  return header.known > other.known;
}
