/**
 * Splits a title into the words that name the work and the part that says which season, part or film it is.
 *
 *   "Shingeki no Kyojin Season 3 Part 2"  → shingeki no kyojin            [3, 2]
 *   "Kara no Kyoukai 3: Tsuukaku Zanryuu" → kara no kyoukai | tsuukaku …  [3] after 3 words
 *   "Fruits Basket 1st Season"            → fruits basket                 [1]
 */

export interface TitleStem {
  readonly words: readonly string[];
  /** breaks[i]: a separator, a marker or the end follows word i */
  readonly breaks: readonly boolean[];
  /** season, part, film …, outermost first; "Final Season" is Infinity */
  readonly numbers: readonly number[];
  /** how many words precede the first number */
  readonly numberAt: number;
  /** what the first number counts: "movie", "ova", …; '' = seasons or parts */
  readonly counted: string;
  /** "(2011)" */
  readonly year: number | null;
}

interface Token {
  readonly text: string;
  /** whether a break follows: ":", " - ", "!", brackets, the end */
  readonly pause: boolean;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];
const ROMANS = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];
const SEASON_WORDS = new Set(['season', 'series', 'stage', 'cour', 'part']);
/** Words before a number that make it the number of a season or part. */
const COUNTED = new Set([
  'season',
  'part',
  'cour',
  'stage',
  'movie',
  'chapter',
  'case',
  'act',
  'vol',
  'phase',
  'border',
  'dai',
]);
const MEDIA = new Set([
  'movie',
  'gekijouban',
  'ova',
  'oad',
  'ona',
  'special',
  'specials',
  'tv',
  'pv',
  'recap',
  'recaps',
  'soushuuhen',
  'ovas',
]);

/** Splits a romaji or English title. */
export function titleStem(title: string): TitleStem {
  const tokens = tokenise(title);
  const words: string[] = [];
  const breaks: boolean[] = [];
  const numbers: number[] = [];
  let numberAt = 0;
  let counted = '';
  let year: number | null = null;
  const dropped = () => {
    if (words.length > 0) breaks[words.length - 1] = true;
  };
  for (let at = 0; at < tokens.length; ) {
    const found = numberMarker(tokens, at, words.length);
    const tagged =
      /^(19|20)\d\d$/.test(tokens[at].text) && at > 0 && tokens[at - 1].pause && tokens[at].pause;
    if (tagged) year = Number(tokens[at].text);
    if (found) {
      if (numbers.length === 0) {
        numberAt = words.length;
        counted = countedBy(tokens, at);
      }
      numbers.push(found.number);
    }
    if (found || tagged || isMedia(tokens, at, words.length)) {
      dropped();
      at += found?.length ?? 1;
      continue;
    }
    words.push(tokens[at].text);
    breaks.push(tokens[at].pause);
    at++;
  }
  if (words.length === 0)
    return {
      words: tokens.map(({ text }) => text),
      breaks: tokens.map(({ pause }) => pause),
      numbers: [],
      numberAt: 0,
      counted,
      year,
    };
  breaks[words.length - 1] = true;
  return {
    words,
    breaks,
    numbers,
    numberAt: numbers.length > 0 ? numberAt : words.length,
    counted,
    year,
  };
}

/** "Movie 2", "OVA 2" and "II Movie" count films, OVA and seasons. */
function countedBy(tokens: readonly Token[], at: number): string {
  const own = tokens[at].text;
  if (MEDIA.has(own)) return own;
  const last = tokens[at - 1]?.text ?? '';
  return MEDIA.has(last) ? last : '';
}

function tokenise(title: string): Token[] {
  const text = title.normalize('NFKC').toLowerCase().replace(/['’`]/g, '').replaceAll('×', 'x');
  const tokens: Token[] = [];
  for (const [, word, gap] of text.matchAll(
    /(\d+\.\d+|[\p{L}\p{M}\p{N}]+)([^\p{L}\p{M}\p{N}]*)/gu,
  )) {
    tokens.push({ text: word, pause: gap === '' ? false : PAUSE.test(gap) });
  }
  if (tokens.length > 0)
    tokens[tokens.length - 1] = { text: tokens[tokens.length - 1].text, pause: true };
  return tokens;
}

/** A colon or a dash within a word (Re:Zero, K-On) is not a break. */
const PAUSE = /[:,.]\s|[:,.]$|\s[-–—]|[-–—]\s|[~〜()[\]!?°♪"]/u;

/** The season or part number that begins at token `at`. */
function numberMarker(
  tokens: readonly Token[],
  at: number,
  before: number,
): { number: number; length: number } | null {
  const { text, pause } = tokens[at];
  const next = tokens[at + 1]?.text ?? '';
  const ordinal = /^\d+(?:st|nd|rd|th)$/.test(text)
    ? Number.parseInt(text, 10)
    : ORDINALS.indexOf(text) + 1;
  if (before > 0 && ordinal > 0 && SEASON_WORDS.has(next)) return { number: ordinal, length: 2 };
  if (before > 0 && text === 'final' && next === 'season')
    return { number: Number.POSITIVE_INFINITY, length: 2 };
  if (before > 0 && COUNTED.has(text)) {
    const number = numeral(next);
    if (number > 0 && number < 100) return { number, length: 2 };
  }
  if (before === 0) return null;
  if (/^s\d$/.test(text)) return { number: Number(text[1]), length: 1 };
  if (/^\d\.\d+$/.test(text)) return { number: Number(text), length: 1 };
  const followedByMedia = MEDIA.has(next);
  const number = numeral(text);
  if (number > 0 && number <= 20 && (pause || followedByMedia) && text !== 'x' && text !== 'v')
    return { number, length: 1 };
  return null;
}

function numeral(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  return ROMANS.indexOf(text) + 1;
}

/** Whether a token names the form of a work rather than the work. The first word of a title usually names the work. */
function isMedia(tokens: readonly Token[], at: number, before: number): boolean {
  const { text } = tokens[at];
  if (before === 0) return (text === 'gekijouban' || text === 'zoku') && tokens.length > 1;
  const next = tokens[at + 1]?.text ?? '';
  const last = tokens[at - 1].text;
  if (MEDIA.has(text)) return true;
  if (text === 'the')
    return (
      next === 'movie' ||
      next === 'animation' ||
      next === 'final' ||
      next === 'ova' ||
      next === 'tv'
    );
  return (
    (text === 'animation' && last === 'the') ||
    (text === 'anime' && last === 'mini') ||
    (text === 'mini' && next === 'anime')
  );
}

/** The Japanese title without the words for film, season and the like: 劇場版, 第2期 … Only letters remain. */
export function japaneseStem(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('×', 'x')
    .replace(
      /劇場版|映画|総集編|特別編|新作|アニメ|テレビ|第?\s*[\d一二三四五六七八九]+\s*(?:期|シリーズ|シーズン|クール|部|章)/gu,
      ' ',
    )
    .replace(
      /(?:セカンド|サード|ファイナル|\d+(?:st|nd|rd|th))\s*シーズン|(?:season|part\.?)\s*\d+|\b(?:ova|oad|tv|the movie|the animation|special)\b/gu,
      ' ',
    )
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}
