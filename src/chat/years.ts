/** Reads years in a wish: "from the 90s", "1995-2005", "newer than 2010", "2011 or later", 2010年代, 2000年以前. */
import { FIRST_YEAR, LAST_YEAR } from '../recommend/rules.ts';
import type { Found, Message } from './message.ts';
import { isUnwanted } from './polarity.ts';

export interface Years {
  /** both included; null = open */
  readonly from: number | null;
  readonly to: number | null;
}

/** A limit at one end, or a range; several ranges are alternatives that lie next to each other. */
interface Part extends Years {
  readonly isRange: boolean;
}
type Groups = Found['groups'];

const YEAR = '((?:19|20)\\d\\d)';
const DECADE =
  "(?:the )?(early |mid(?:dle)?[ -]|late )?(?:the )?(?:((?:19|20)\\d)0'?s|'?([0-9])0'?s|(sixties|seventies|eighties|nineties|noughties))";
const DECADE_JA = "'?((?:19|20)?\\d)0年代(前半|半ば|後半)?";
const NAMED: Readonly<Record<string, number>> = {
  ...{ sixties: 1960, seventies: 1970, eighties: 1980, nineties: 1990, noughties: 2000 },
};
/** first and last year of the part of a decade */
const PARTS: Readonly<Record<string, readonly [number, number]>> = {
  ...{
    early: [0, 4],
    mid: [3, 6],
    middle: [3, 6],
    late: [5, 9],
    前半: [0, 4],
    半ば: [3, 6],
    後半: [5, 9],
  },
};
const ERAS: Readonly<Record<string, readonly [number | null, number | null]>> = {
  ...{ 昭和: [null, 1988], 平成: [1989, 2018], 令和: [2019, null], ゼロ年代: [2000, 2009] },
};

const range = (from: number, to: number): Part => ({ from, to, isRange: true });
const since = (from: number): Part => ({ from, to: null, isRange: false });
const until = (to: number): Part => ({ from: null, to, isRange: false });
const en = (pattern: string): RegExp =>
  new RegExp(`(?<![\\p{Script=Latin}\\p{N}])(?:${pattern})(?![\\p{Script=Latin}\\p{N}])`, 'giu');

const BEFORE = 'before|older than|earlier than|prior to|pre[- ]?';
const AFTER = 'after|newer than|later than|more recent than|younger than|post[- ]?';
const SINCE =
  'since|starting (?:in|from)|(?:no|not|nothing) (?:older than|earlier than|before|from before)';
const UNTIL =
  'until|till|up to|through|by|(?:no|not|nothing) (?:newer than|later than|after|from after|more recent than)';

/** In this order: what is more exact comes first. `null` = the part is recognised, and no rule says it. */
const FORMS: readonly (readonly [pattern: RegExp, read: (groups: Groups) => Part | null])[] = [
  // The story's time, not the title's.
  [
    en(`(?:set|takes? place|taking place|happen(?:s|ing)|story) in (?:the )?(?:${YEAR}|${DECADE})`),
    () => null,
  ],
  [
    en(
      `(?:between )?${YEAR}年? ?(?:-|–|—|to|until|through|and|~|〜|から) ?${YEAR}(?:年(?:まで)?)?`,
    ),
    ([a, b]) => range(Number(a), Number(b)),
  ],
  [en(`(?:${SINCE}) ${DECADE}(?: on(?:wards?)?)?`), (groups) => since(decade(groups)[0])],
  [
    en(`(?:from )?${DECADE} (?:on(?:wards?)?|and later|or later|or newer)`),
    (groups) => since(decade(groups)[0]),
  ],
  [en(`(?:${UNTIL}) ${DECADE}`), (groups) => until(decade(groups)[1])],
  [en(`(?:${BEFORE}) ?${DECADE}`), (groups) => until(decade(groups)[0] - 1)],
  [en(`(?:${AFTER}) ?${DECADE}`), (groups) => since(decade(groups)[1] + 1)],
  [en(`${DECADE_JA}(?:以降|から|以後)`), (groups) => since(decadeJa(groups)[0])],
  [en(`${DECADE_JA}(?:以前|まで)`), (groups) => until(decadeJa(groups)[1])],
  [
    en(`(?:${SINCE}) ${YEAR}(?: on(?:wards?)?)?|from ${YEAR} (?:on(?:wards?)?|up(?:wards?)?)`),
    ([a, b]) => since(Number(a ?? b)),
  ],
  [
    en(
      `${YEAR} ?(?:\\+(?=$|[^\\p{L}\\p{N}])|(?:or|and|&) (?:later|newer|after|up|above|beyond|onwards?|more recent)(?! ?(?:19|20)\\d\\d)|onwards?)`,
    ),
    ([year]) => since(Number(year)),
  ],
  [/((?:19|20)\d\d)\+/g, ([year]) => since(Number(year))],
  [
    en(`${YEAR} ?(?:or|and|&) (?:earlier|older|before)(?! ?(?:19|20)\\d\\d)`),
    ([year]) => until(Number(year)),
  ],
  [en(`(?:${UNTIL}) ${YEAR}`), ([year]) => until(Number(year))],
  [en(`(?:${BEFORE}) ?${YEAR}`), ([year]) => until(Number(year) - 1)],
  [en(`(?:${AFTER}) ?${YEAR}`), ([year]) => since(Number(year) + 1)],
  [
    new RegExp(`${YEAR}年?(?:以降|以後|から|より新し[いく])`, 'gu'),
    ([year]) => since(Number(year)),
  ],
  [new RegExp(`${YEAR}年?より後`, 'gu'), ([year]) => since(Number(year) + 1)],
  [new RegExp(`${YEAR}年?(?:以前|まで)`, 'gu'), ([year]) => until(Number(year))],
  [new RegExp(`${YEAR}年?(?:より前|より古[いく]|未満)`, 'gu'), ([year]) => until(Number(year) - 1)],
  [en(DECADE_JA), (groups) => range(...decadeJa(groups))],
  [en(`(?:(?:from|in|of|out of) )?${DECADE}`), (groups) => range(...decade(groups))],
  [
    /(昭和|平成|令和|ゼロ年代)(?:時代)?/g,
    ([era = '']) => ({ from: ERAS[era][0], to: ERAS[era][1], isRange: true }),
  ],
  [
    en(
      `(?:(?:from|in|of|made in|released in|aired in) )?${YEAR}年?(?! ?(?:episodes?|eps?|話|分|minutes?))`,
    ),
    ([year]) => range(Number(year), Number(year)),
  ],
];
const LAST_YEARS =
  /(?<![\p{L}\p{N}])(?:(?:the |these )?(?:last|past) (\d{1,2}|few|couple of|two|three|five|ten) years|(?:ここ|最近|この)(\d{1,2})年)/giu;
const FEW: Readonly<Record<string, number>> = {
  few: 3,
  'couple of': 2,
  two: 2,
  three: 3,
  five: 5,
  ten: 10,
};

/** What a wish says about years. @param latest year of the catalogue. Conflict: no year fits what is said */
export function readYears(
  message: Message,
  latest: number,
): Years & { readonly conflict: string | null } {
  const parts: { part: Part; said: string }[] = [];
  for (const found of message.find(LAST_YEARS)) {
    const count = found.groups[0] ?? found.groups[1] ?? '';
    parts.push({
      part: since(latest - (FEW[count.toLowerCase()] ?? Number(count))),
      said: message.said(found),
    });
    message.take(found);
  }
  for (const [pattern, read] of FORMS) {
    for (const found of message.find(pattern)) {
      const part = read(found.groups);
      const isOdd =
        part === null || !isPossible(part) || (part.isRange && isUnwanted(message, found));
      if (isOdd) message.refuse(found);
      else {
        parts.push({ part, said: message.said(found) });
        message.take(found);
      }
    }
  }
  return intersection(parts);
}

function isPossible({ from, to }: Years): boolean {
  return (from ?? FIRST_YEAR) >= FIRST_YEAR && (to ?? LAST_YEAR) <= LAST_YEAR;
}

function intersection(
  parts: readonly { readonly part: Part; readonly said: string }[],
): Years & { conflict: string | null } {
  const ranges = parts.filter(({ part }) => part.isRange).map(({ part }) => part);
  const limits = parts.filter(({ part }) => !part.isRange).map(({ part }) => part);
  const hull = ranges.length > 0 ? [hullOf(ranges)] : [];
  const from = most(
    [...limits, ...hull].map((part) => part.from),
    Math.max,
  );
  const to = most(
    [...limits, ...hull].map((part) => part.to),
    Math.min,
  );
  const isEmpty = (from !== null && to !== null && from > to) || !areNeighbours(ranges);
  return isEmpty
    ? { from: null, to: null, conflict: parts.map(({ said }) => said).join(', ') }
    : { from, to, conflict: null };
}

function hullOf(ranges: readonly Part[]): Years {
  return {
    from: ranges.some(({ from }) => from === null)
      ? null
      : Math.min(...ranges.map(({ from }) => from ?? 0)),
    to: ranges.some(({ to }) => to === null) ? null : Math.max(...ranges.map(({ to }) => to ?? 0)),
  };
}

/** "80s or 90s" is one range; "80s or 2010s" leaves a gap that no rule can say. */
function areNeighbours(ranges: readonly Part[]): boolean {
  const sorted = ranges
    .map(({ from, to }) => [from ?? FIRST_YEAR, to ?? LAST_YEAR])
    .sort(([a], [b]) => a - b);
  return sorted.every(([from], at) => at === 0 || from <= sorted[at - 1][1] + 1);
}

function most(
  values: readonly (number | null)[],
  pick: (...values: number[]) => number,
): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? pick(...known) : null;
}

function decade([part, century, digit, name]: Groups): [number, number] {
  const first = name
    ? NAMED[name.toLowerCase()]
    : century
      ? Number(century) * 10
      : decadeOf(Number(digit));
  return partOf(first, part);
}

function decadeJa([digits = '', part]: Groups): [number, number] {
  return partOf(digits.length > 1 ? Number(digits) * 10 : decadeOf(Number(digits)), part);
}

function partOf(first: number, part: string | undefined): [number, number] {
  const [from, to] = PARTS[part?.toLowerCase().replace(/[ -]/g, '') ?? ''] ?? [0, 9];
  return [first + from, first + to];
}

/** "90s" means 1990–1999, "10s" 2010–2019. */
function decadeOf(digit: number): number {
  return (digit >= 3 ? 1900 : 2000) + digit * 10;
}
