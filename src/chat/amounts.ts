/** Reads how long a title may be, and how good. A number counts only with its unit: "12 episodes", "90 minutes", "8/10". */
import type { Found, Message } from './message.ts';
import { isUnwanted } from './polarity.ts';
import { NUMBER, numberOf } from './words/numbers.ts';

export interface Amounts {
  /** both included */
  readonly episodes: readonly [number, number] | null;
  /** minutes of an episode at most */
  readonly maxDuration: number | null;
  /** 0 = any */
  readonly minScore: number;
  /** what cannot be true at the same time */
  readonly conflict: string | null;
}

/** An open end of `episodes`. */
export const MOST_EPISODES = 10_000;
/** episodes of a season of three months */
const COUR: readonly [number, number] = [10, 14];
const SHORT = 13;
const LONG = 50;
/** minutes of a short episode */
const SHORT_EPISODE = 15;
const GOOD_SCORE = 8;
/** "about 24" means 20 to 28 */
const ABOUT = 0.15;

type Range = readonly [number, number];
type Groups = Found['groups'];

const EPISODES = '(?:[- ]?(?:episodes?|epis?|eps?\\b\\.?)|話|エピソード)';
const LESS = '(?:under|below|less than|fewer than|shorter than|<)';
const AT_MOST =
  '(?:at most|a? ?max(?:imum)?(?: of)?|up to|within|no more than|not more than|not over|no longer than|not longer than|<=|≤|only)';
const MORE = '(?:over|above|more than|longer than|>)';
const AT_LEAST =
  '(?:at least|a? ?min(?:imum)?(?: of)?|no fewer than|no less than|not less than|>=|≥)';
const ABOUT_WORDS = '(?:about|around|roughly|approximately|approx\\.?|~|circa|some)';
const OR_LESS =
  '(?:(?: ?(?:or|and) (?:less|fewer|under|shorter|below))| max(?:imum)?| tops| at (?:the )?most)';
const OR_MORE = '(?:\\+|(?: ?(?:or|and) (?:more|longer|up|above|over))| minimum| at least)';

const en = (pattern: string): RegExp =>
  new RegExp(`(?<![\\p{Script=Latin}\\p{N}.])(?:${pattern})(?![\\p{Script=Latin}\\p{N}])`, 'giu');
const any = (pattern: string): RegExp => new RegExp(pattern, 'giu');

const EPISODE_FORMS: readonly (readonly [RegExp, (groups: Groups) => Range])[] = [
  [
    any(
      `(?<![\\p{Script=Latin}\\p{N}.])(?:between )?${NUMBER}(?:話)? ?(?:-|–|to|and|or|~|〜|から) ?${NUMBER}${EPISODES}`,
    ),
    ([a, b]) => [numberOf(a), numberOf(b)],
  ],
  [any(`(?<!\\d)(\\d{1,4})話(?:以内|以下|まで)`), ([n]) => [1, Number(n)]],
  [any(`(?<!\\d)(\\d{1,4})話(?:未満|より(?:少な|短)[いく])`), ([n]) => [1, Number(n) - 1]],
  [any(`(?<!\\d)(\\d{1,4})話(?:以上)`), ([n]) => [Number(n), MOST_EPISODES]],
  [
    any(`(?<!\\d)(\\d{1,4})話(?:より(?:多|長)[いく]|を?超え(?:る|た)?)`),
    ([n]) => [Number(n) + 1, MOST_EPISODES],
  ],
  [any(`(?:約)?(?<!\\d)(\\d{1,4})話(?:くらい|ぐらい|程度|前後|ほど)`), ([n]) => about(Number(n))],
  [any(`約(\\d{1,4})話`), ([n]) => about(Number(n))],
  [any(`(?<!\\d)${NUMBER}クール(?:もの|作品|以内)?`), ([n]) => cours(numberOf(n))],
  [en(`${NUMBER}${EPISODES}?${OR_LESS}${EPISODES}`), ([n]) => [1, numberOf(n)]],
  [en(`${NUMBER}${EPISODES}${OR_LESS}`), ([n]) => [1, numberOf(n)]],
  [
    any(`(?<![\\p{Script=Latin}\\p{N}.])${NUMBER}${OR_MORE}${EPISODES}`),
    ([n]) => [numberOf(n), MOST_EPISODES],
  ],
  [
    any(`(?<![\\p{Script=Latin}\\p{N}.])${NUMBER}${EPISODES}${OR_MORE}`),
    ([n]) => [numberOf(n), MOST_EPISODES],
  ],
  [any(`${LESS} ?${NUMBER}${EPISODES}`), ([n]) => [1, numberOf(n) - 1]],
  [any(`(?:^|(?<=[^\\p{L}\\p{N}]))${AT_MOST} ?${NUMBER}${EPISODES}`), ([n]) => [1, numberOf(n)]],
  [
    any(`(?:^|(?<=[^\\p{L}\\p{N}]))${MORE} ?${NUMBER}${EPISODES}`),
    ([n]) => [numberOf(n) + 1, MOST_EPISODES],
  ],
  [
    any(`(?:^|(?<=[^\\p{L}\\p{N}]))${AT_LEAST} ?${NUMBER}${EPISODES}`),
    ([n]) => [numberOf(n), MOST_EPISODES],
  ],
  [
    any(`(?:^|(?<=[^\\p{L}\\p{N}]))${ABOUT_WORDS} ?${NUMBER}${EPISODES}`),
    ([n]) => about(numberOf(n)),
  ],
  [
    en(`${NUMBER}${EPISODES} or so|${NUMBER} or so${EPISODES}|${NUMBER}[- ]ish${EPISODES}`),
    ([a, b, c]) => about(numberOf(a ?? b ?? c)),
  ],
  [en(`(?:an? )?(?:single|one|1)[- ]cour`), () => cours(1)],
  [en(`${NUMBER}[- ]cours?`), ([n]) => cours(numberOf(n))],
  [
    any(
      `(?<![\\p{Script=Latin}\\p{N}.])(?:exactly |just )?${NUMBER}${EPISODES}(?:完結|全)?(?! ?\\d+分)`,
    ),
    ([n]) => [numberOf(n), numberOf(n)],
  ],
];

const HOURS = '(?:[- ]?(?:hours?|hrs?|h)|時間)';
const MINUTES = '(?:[- ]?(?:minutes?|mins?|min)|分)';
const UP_TO = `(?:[1一]話 ?(?:が)?)?(?:(?:${LESS}|${AT_MOST}|about|around|i (?:only )?have|in) )?`;
const OR_LESS_JA =
  '(?:(?: ?(?:or|and) (?:less|under|shorter))| max(?:imum)?| tops| long| (?:episodes?|eps?)|以内|以下|未満|まで|くらい|程度|で(?:見|観)(?:られる|れる))?';
const DURATION_FORMS: readonly (readonly [RegExp, (groups: Groups) => number | null])[] = [
  // No rule says how long an episode is at least.
  [
    any(
      `(?:${MORE}|${AT_LEAST}) ${NUMBER}(?:${HOURS}|${MINUTES})|${NUMBER}(?:${HOURS}|${MINUTES})(?:以上|${OR_MORE})`,
    ),
    () => null,
  ],
  [en(`${UP_TO}(?:an hour and a half|one and a half hours|1\\.5 hours)`), () => 90],
  [en(`${UP_TO}(?:half an hour|half[- ]hour)${OR_LESS_JA}`), () => 30],
  [en(`${UP_TO}an hour${OR_LESS_JA}`), () => 60],
  [
    any(
      `(?<![\\p{Script=Latin}\\p{N}.])${UP_TO}${NUMBER}${HOURS}(?:半)?(?![\\p{Script=Latin}])${OR_LESS_JA}`,
    ),
    ([n]) => 60 * numberOf(n),
  ],
  [
    any(
      `(?<![\\p{Script=Latin}\\p{N}.])${UP_TO}${NUMBER}${MINUTES}(?![\\p{Script=Latin}])${OR_LESS_JA}`,
    ),
    ([n]) => numberOf(n),
  ],
  [
    en('(?:very )?(?:short|quick|bite[- ]?sized?) episodes?|ショートアニメ|1話が短い|一話が短い'),
    () => SHORT_EPISODE,
  ],
];

const POINTS = '(10(?:\\.0)?|\\d(?:\\.\\d{1,2})?)';
const RATED = '(?:(?:with )?(?:an? )?(?:mal )?(?:user )?(?:scores?|scored|scoring|rated|ratings?))';
const SCORE_FORMS: readonly (readonly [RegExp, (groups: Groups) => number | null])[] = [
  // No rule says how good a title is at most.
  [en(`${RATED}(?: of| is)? ?(?:${LESS}|${AT_MOST}|lower than|worse than) ?${POINTS}`), () => null],
  [
    any(
      `(?<![\\p{L}\\p{N}])${RATED}(?: of| is)? ?(?:${MORE}|${AT_LEAST}|higher than|better than)? ?${POINTS}(?: ?/ ?10)?(?:\\+|(?: stars?| points?)?(?: (?:or|and) (?:higher|more|above|better|up|over)| at least)?)(?![\\p{L}\\p{N}.]\\d?)`,
    ),
    ([n]) => Number(n),
  ],
  [
    any(
      `(?:評価|スコア|点数|平均点?|得点)(?:が|は|の)?${POINTS}点?(?:以上|超え?|より(?:高|上)[いく]?)`,
    ),
    ([n]) => Number(n),
  ],
  [any(`(?<!\\d)${POINTS}点(?:以上|超え)`), ([n]) => Number(n)],
  [
    any(
      `(?:(?:${MORE}|${AT_LEAST}) )?(?<![\\p{Script=Latin}\\p{N}.])${POINTS} ?/ ?10(?:\\+| (?:or|and) (?:higher|more|above|better|up))?(?!\\d)`,
    ),
    ([n]) => Number(n),
  ],
  [
    any(`(?:${MORE}|${AT_LEAST}) ?${POINTS} (?:stars?|points?|on mal|on myanimelist)`),
    ([n]) => Number(n),
  ],
  [
    any(
      `(?<![\\p{Script=Latin}\\p{N}.])${POINTS} (?:stars?|points?)?(?: )?(?:or|and) (?:higher|better)`,
    ),
    ([n]) => Number(n),
  ],
  [
    any(
      `(?<![\\p{Script=Latin}\\p{N}.])([1-9](?:\\.\\d{1,2})?)\\+(?! ?(?:episodes?|eps?|years?|y/?o|yrs?|hours?|minutes?|seasons?|話))`,
    ),
    ([n]) => Number(n),
  ],
  [
    en(
      '(?:highly|top|best|well)[- ](?:rated|reviewed)|high(?:est)? (?:scores?|ratings?|rated)|high[- ]scoring|critically acclaimed|acclaimed|masterpieces?|高評価|評価の?が?高[いくめ]+|傑作|名作',
    ),
    () => GOOD_SCORE,
  ],
];
const LENGTHS: readonly (readonly [RegExp, Range])[] = [
  [en('(?:not |nothing )(?:too |very |so |that )?long|長すぎない|長くない'), [1, 26]],
  [
    en(
      '(?:very |really |something |quite |fairly )?(?:short(?:ish)?|quick (?:watch|one))(?: (?:series|shows?|ones?|anime))?|binge(?:able|[- ]?worthy)?(?: in (?:a|one) (?:weekend|day|evening|night|sitting))?|(?:in|over) (?:a|one) (?:weekend|day)|(?:in )?one sitting|短(?:い|め|く)(?:で|の|な)?|短編|さくっと|サクッと|一気見(?:できる)?|週末で(?:見|観)(?:終われる|られる)',
    ),
    [1, SHORT],
  ],
  [
    en(
      '(?:very |really |something )?(?:long(?:[- ]running)?|lengthy)(?: (?:series|shows?|ones?|anime))?|長(?:い|め|く|編)(?:の|な)?',
    ),
    [LONG, MOST_EPISODES],
  ],
];

export function readAmounts(message: Message): Amounts {
  const ranges: { range: Range; said: string }[] = [];
  for (const [pattern, read] of EPISODE_FORMS)
    takeEach(message, pattern, (found) => {
      const range = read(found.groups);
      if (range[0] > range[1] || isUnwanted(message, found)) return false;
      ranges.push({ range, said: message.said(found) });
      return true;
    });
  const maxDuration = least(valuesOf(message, DURATION_FORMS));
  const minScore = Math.max(0, ...valuesOf(message, SCORE_FORMS));
  for (const [pattern, range] of LENGTHS)
    takeEach(message, pattern, (found) => {
      if (isUnwanted(message, found)) return false;
      ranges.push({ range, said: message.said(found) });
      return true;
    });
  const from = Math.max(1, ...ranges.map(({ range }) => range[0]));
  const to = Math.min(MOST_EPISODES, ...ranges.map(({ range }) => range[1]));
  const conflict = from > to ? ranges.map(({ said }) => said).join(', ') : null;
  const episodes: Range | null = ranges.length > 0 && conflict === null ? [from, to] : null;
  return { episodes, maxDuration, minScore, conflict };
}

function valuesOf(
  message: Message,
  forms: readonly (readonly [RegExp, (groups: Groups) => number | null])[],
): number[] {
  const values: number[] = [];
  for (const [pattern, read] of forms)
    takeEach(message, pattern, (found) => {
      const value = read(found.groups);
      if (value === null || isUnwanted(message, found)) return false;
      values.push(value);
      return true;
    });
  return values;
}

/** Takes what is read, and refuses what cannot be. */
function takeEach(message: Message, pattern: RegExp, read: (found: Found) => boolean): void {
  for (const found of message.find(pattern)) {
    if (read(found)) message.take(found);
    else message.refuse(found);
  }
}

function least(values: readonly number[]): number | null {
  return values.length > 0 ? Math.min(...values) : null;
}

function about(count: number): Range {
  return [Math.floor(count * (1 - ABOUT)), Math.ceil(count * (1 + ABOUT))];
}

function cours(count: number): Range {
  return [COUR[0] * count, COUR[1] * count];
}
