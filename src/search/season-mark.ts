/**
 * The season that a name says: "2", "II", "S2", "Season 2", "2nd Season", "Second Season" and 第2期 are one.
 *
 *   "Overlord III"                        → overlord, 3
 *   "Shingeki no Kyojin Season 3 Part 2"  → shingeki no kyojin, 3, part 2
 *   "Mob Psycho 100"                      → mob psycho 100, 1
 */

import { numberOf, ORDINALS } from './loose-key.ts';

export interface SeasonMark {
  /** the name without the season */
  readonly base: string;
  /** 1 = the name says none, or the first */
  readonly season: number;
  /** 0 = none */
  readonly part: number;
  /** whether a season is in the name, also the first */
  readonly isMarked: boolean;
}

/** Letters that are numbers where a season is counted, and letters elsewhere. */
const ROMAN_LETTERS: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };

const NUMBER = String.raw`(\d{1,2}|[ivx]{1,4}|one|two|three|four|five|six)`;
const ORDINAL = String.raw`(\d{1,2})(?:st|nd|rd|th)|(${ORDINALS.join('|')})`;
const END = String.raw`[\s)\]:,.\-–—]*$`;
const PART = new RegExp(String.raw`[\s:,(\-–—]+(?:part|cour|pt\.?)\s*${NUMBER}${END}`, 'i');
const SEASONS: readonly RegExp[] = [
  new RegExp(
    String.raw`[\s:,(\-–—]+(?:season|series|saison|staffel|temporada|stage)\s*${NUMBER}${END}`,
    'i',
  ),
  new RegExp(String.raw`[\s:,(\-–—]+(?:${ORDINAL})\s+(?:season|series|stage)${END}`, 'i'),
  new RegExp(String.raw`[\s:,(\-–—]+s(?:eason)?\.?\s?0?(\d{1,2})${END}`, 'i'),
  new RegExp(String.raw`[\s:,(\-–—]+0?(\d{1,2})(?:st|nd|rd|th)${END}`, 'i'),
  /\s*第?\s*([0-9一二三四五六七八九壱弐参]{1,2})\s*(?:期|シーズン|季|クール目)[\s)]*$/,
  /\s*(?:シーズン|season)\s*([0-9]{1,2})[\s)]*$/i,
  new RegExp(String.raw`\s+(ii|iii|iv|v|vi|vii|viii|ix)${END}`, 'i'),
  // A number of two digits is a part of the name: Mob Psycho 100, Area 88.
  new RegExp(String.raw`\s+([2-9])${END}`),
  // バクマン。2, けいおん!2
  /(?<=[\p{L}!?。])([2-9])$/u,
];

export function seasonOf(name: string): SeasonMark {
  const text = name.normalize('NFKC').trim();
  const [partText, part] = PART.exec(text) ?? [];
  const rest = partText === undefined ? text : text.slice(0, -partText.length);
  for (const pattern of SEASONS) {
    const found = pattern.exec(rest);
    if (!found || found.index === 0) continue;
    const season = seasonNumber(found.slice(1).find((group) => group !== undefined) ?? '');
    if (season === 0 || season > 20) continue;
    const base = rest.slice(0, found.index);
    return { base, season, part: part ? seasonNumber(part) : 0, isMarked: true };
  }
  return { base: rest, season: 1, part: part ? seasonNumber(part) : 0, isMarked: false };
}

/** 0 = none */
function seasonNumber(text: string): number {
  const word = text.toLowerCase();
  return ROMAN_LETTERS[word] ?? numberOf(word) ?? 0;
}
