/** What people and sites write into a cell for a score. */

export interface WrittenScore {
  readonly value: number;
  /** the highest score, when the cell says it: "4/5", "85 %"; null = it does not */
  readonly most: number | null;
  /** "★★★" */
  readonly isStars?: boolean;
}

const NOT_SCORED = new Set([
  ...[
    '',
    '-',
    '--',
    '–',
    '—',
    '―',
    '?',
    '??',
    '.',
    '/',
    'x',
    '0',
    '-1',
    'none',
    'null',
    'nil',
    'nan',
  ],
  ...['n/a', 'na', '#n/a', '<na>', 'undefined', 'unscored', 'unrated', 'not scored', 'not rated'],
  ...[
    'not yet scored',
    'not yet rated',
    'select',
    'no score',
    'no rating',
    'unknown',
    'tbd',
    'keine',
  ],
  ...[
    '未評価',
    '未评分',
    '暂无',
    'なし',
    '評価なし',
    'нет',
    'без оценки',
    'ohne',
    'sin nota',
    'sem nota',
  ],
]);

/** MyAnimeList's words for its scores. */
const WORDS: Readonly<Record<string, number>> = {
  masterpiece: 10,
  great: 9,
  'very good': 8,
  good: 7,
  fine: 6,
  average: 5,
  bad: 4,
  'very bad': 3,
  horrible: 2,
  appalling: 1,
};

/** AniList shows three faces. */
const SMILEYS: Readonly<Record<string, number>> = {
  ...{
    ':)': 3,
    ':-)': 3,
    ':d': 3,
    '=)': 3,
    '🙂': 3,
    '😀': 3,
    '😃': 3,
    '😄': 3,
    '😊': 3,
    '😁': 3,
    '☺': 3,
  },
  ...{ ':|': 2, ':-|': 2, '=|': 2, '😐': 2, '😑': 2, '😶': 2 },
  ...{ ':(': 1, ':-(': 1, '=(': 1, '🙁': 1, '☹': 1, '😞': 1, '😟': 1, '😢': 1, '😠': 1 },
};

const NUMBER = String.raw`(\d{1,4}(?:[.,]\d{1,9})?)`;
const FRACTION = new RegExp(
  String.raw`^${NUMBER}\s*(?:/|out of|of|von|sur|de|из)\s*(\d{1,3})\.?$`,
  'i',
);
const PERCENT = new RegExp(String.raw`^${NUMBER}\s*%$`);
/** "9", "9.5 ★", "9 - Great", "(9) Great", "9 pts" */
const LEADING = new RegExp(
  String.raw`^\(?${NUMBER}\)?\s*(?:[★⭐☆*]|stars?|points?|pts?\.?|点|分|баллов|[-–—:(]?\s*\p{L}[\p{L}\s]*\)?)?$`,
  'iu',
);
/** "Great (9)"; "PG-13" is no score. */
const TRAILING = new RegExp(String.raw`^\p{L}{3}[\p{L}\s]*[-–—:(]\s*${NUMBER}\)?$`, 'u');

/** @returns undefined = not scored: empty, 0, −1, a dash, "N/A" …; null = it cannot be read */
export function readScore(text: string | undefined): WrittenScore | undefined | null {
  if (!text) return undefined;
  const written = (text ?? '')
    .normalize('NFKC')
    .replace(/[\ufe0e\ufe0f"]/g, '')
    .trim()
    .toLowerCase();
  if (written.length > 60) return null;
  if (NOT_SCORED.has(written)) return undefined;
  const found = starsIn(written) ?? faceOrWord(written) ?? numberIn(written);
  if (found === null || found.value < 0 || found.most === 0) return null;
  return found.value === 0 ? undefined : found;
}

function numberIn(written: string): WrittenScore | null {
  const [, part, whole] = FRACTION.exec(written) ?? [];
  if (part) return { value: decimal(part), most: Number(whole) };
  const [, percent] = PERCENT.exec(written) ?? [];
  if (percent) return { value: decimal(percent), most: 100 };
  const [, number] = LEADING.exec(written) ?? TRAILING.exec(written) ?? [];
  return number ? { value: decimal(number), most: null } : null;
}

function decimal(text: string): number {
  return Number(text.replace(',', '.'));
}

function faceOrWord(written: string): WrittenScore | null {
  if (Object.hasOwn(SMILEYS, written)) return { value: SMILEYS[written], most: 3 };
  return Object.hasOwn(WORDS, written) ? { value: WORDS[written], most: 10 } : null;
}

/** "★★★", "★★★☆☆", "⭐⭐½", "***" */
function starsIn(written: string): WrittenScore | null {
  const [, full, half, empty] = /^([★⭐✮✭*🌟]+)?\s*([½⯨]|1⁄2)?\s*([☆✩✰]*)$/u.exec(written) ?? [];
  if (!full && !half) return null;
  const value = [...(full ?? '')].length + (half ? 0.5 : 0);
  const most = empty ? Math.ceil(value) + [...empty].length : null;
  return { value, most, isStars: true };
}
