/** Reads years in a message: "from the 90s", "1995-2005", "since 2010", "before 2000", 2010年代, 2000年以前. */
import { FIRST_YEAR, LAST_YEAR } from '../recommend/rules.ts';

export interface Years {
  readonly from: number | null;
  readonly to: number | null;
  /** the message without them */
  readonly rest: string;
}

const YEAR = '((?:19|20)\\d\\d)';
const FORMS: readonly (readonly [
  pattern: RegExp,
  read: (found: string[]) => [number | null, number | null],
])[] = [
  [
    new RegExp(`${YEAR}年?\\s*(?:-|–|—|to|until|~|〜|から)\\s*${YEAR}(?:年(?:まで)?)?`, 'i'),
    ([a, b]) => [+a, +b],
  ],
  [/\b((?:19|20)\d)0['’]?s\b/i, ([decade]) => [+decade * 10, +decade * 10 + 9]],
  [/((?:19|20)\d)0年代/, ([decade]) => [+decade * 10, +decade * 10 + 9]],
  [/(?:\b|['’])([0-9])0['’]?s\b/i, ([digit]) => decadeOf(+digit)],
  [/([0-9])0年代/, ([digit]) => decadeOf(+digit)],
  [new RegExp(`${YEAR}年(?:以降|から|より後)`), ([year]) => [+year, null]],
  [new RegExp(`${YEAR}年(?:以前|まで|より前)`), ([year]) => [null, +year]],
  [new RegExp(`\\b(?:after)\\s+${YEAR}\\b`, 'i'), ([year]) => [+year + 1, null]],
  [
    new RegExp(`\\b(?:since|from)\\s+${YEAR}\\b(?:\\s+on(?:wards?)?)?`, 'i'),
    ([year]) => [+year, null],
  ],
  [new RegExp(`\\b(?:before|older than)\\s+${YEAR}\\b`, 'i'), ([year]) => [null, +year - 1]],
  [new RegExp(`\\b(?:until|up to|till)\\s+${YEAR}\\b`, 'i'), ([year]) => [null, +year]],
  [new RegExp(`\\b(?:in|of)\\s+${YEAR}\\b|${YEAR}年`, 'i'), ([a, b]) => [+(a ?? b), +(a ?? b)]],
];

/** "90s" means 1990–1999, "10s" 2010–2019. */
function decadeOf(digit: number): [number, number] {
  const first = (digit >= 3 ? 1900 : 2000) + digit * 10;
  return [first, first + 9];
}

export function readYears(message: string): Years {
  for (const [pattern, read] of FORMS) {
    const found = pattern.exec(message);
    if (found === null) continue;
    const [from, to] = read(found.slice(1));
    if ((from ?? FIRST_YEAR) < FIRST_YEAR || (to ?? LAST_YEAR) > LAST_YEAR) continue;
    return { from, to, rest: message.replace(found[0], ' ‖ ') };
  }
  return { from: null, to: null, rest: message };
}
