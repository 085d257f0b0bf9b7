/** Reads what a query says about which title of a story is meant: its season, or its year. */
import { numberOf } from './loose-key.ts';

export interface Season {
  /** the name without the number */
  readonly base: string;
  /** from 1 */
  readonly number: number;
}

const NUMBER = String.raw`\d{1,2}|[ivx]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten`;
const ORDINAL = String.raw`\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth`;
const AFTER = [
  new RegExp(String.raw`^(.+?)[\s:,–-]*\b(?:season|series|s)\s*(${NUMBER})$`, 'i'),
  new RegExp(String.raw`^(.+?)[\s:,–-]*\b(${ORDINAL})\s+(?:season|series)$`, 'i'),
  /^(.+?)\s*第?\s*(\d{1,2}|[一二三四五六七八九十壱弐参])\s*(?:期|シリーズ|シーズン|クール)$/u,
  /^(.+?)\s+(\d{1,2}|[ivx]{2,4})$/i,
  /^(.*[^\d\s.])(\d{1,2})$/,
];
const BEFORE = new RegExp(
  String.raw`^(?:the\s+)?(${ORDINAL})\s+(?:season|series)\s+of\s+(.+)$`,
  'i',
);

/** "Overlord 3", "overlord s3", "Overlord III", "3rd season of Overlord", オーバーロード3期; null without a number. */
export function seasonIn(query: string): Season | null {
  const text = query.normalize('NFKC').trim();
  const before = BEFORE.exec(text);
  if (before) return season(before[2], before[1]);
  for (const pattern of AFTER) {
    const found = pattern.exec(text);
    if (found) return season(found[1], found[2]);
  }
  return null;
}

function season(base: string, word: string): Season | null {
  const lower = word.toLowerCase();
  const number = { i: 1, v: 5, x: 10 }[lower] ?? numberOf(lower);
  return number === null || number < 1 || number > 20 ? null : { base: base.trim(), number };
}

export interface Dated {
  /** the name without the year */
  readonly base: string;
  readonly year: number;
}

/** "Berserk (2016)", "fruits basket 2019", 全职猎人2011; null without a year. */
export function yearIn(query: string): Dated | null {
  const found = /^(.+?)\s*[([]?((?:19|20)\d\d)[)\]]?$/.exec(query.normalize('NFKC').trim());
  if (!found || /\d$/.test(found[1])) return null;
  return { base: found[1].trim(), year: Number(found[2]) };
}
