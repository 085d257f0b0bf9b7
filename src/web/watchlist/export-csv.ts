/** Writes planned titles as CSV (RFC 4180), with column names that this product and others read. */
import type { ExportedTitle } from './exported-title.ts';

/** Spreadsheets read a file as UTF-8 only when it begins with a byte order mark. */
const BYTE_ORDER_MARK = '\ufeff';

const COLUMNS: readonly [
  name: string,
  value: (title: ExportedTitle, place: number) => string | number | null,
][] = [
  ['place', (_, place) => place + 1],
  ['anime_id', ({ animeId }) => animeId],
  ['title', ({ title }) => title],
  ['title_english', ({ titleEnglish }) => titleEnglish],
  ['title_japanese', ({ titleJapanese }) => titleJapanese],
  ['type', ({ type }) => type],
  ['episodes', ({ episodes }) => episodes],
  ['year', ({ year }) => year],
  ['status', () => 'Plan to Watch'],
  ['note', ({ note }) => note],
];

export function watchlistCsv(titles: readonly ExportedTitle[]): string {
  const rows = titles.map((title, place) =>
    COLUMNS.map(([, value]) => field(value(title, place))).join(),
  );
  return `${BYTE_ORDER_MARK}${[COLUMNS.map(([name]) => name).join(), ...rows].join('\r\n')}\r\n`;
}

function field(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
