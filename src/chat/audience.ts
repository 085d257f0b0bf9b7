/** Reads who watches. Where children do, no title may be rated above their age; in doubt, the mildest rating counts. */
import { AGE_RATINGS, type AgeRating } from '../data/catalogue/age-ratings.ts';
import type { Message } from './message.ts';
import { isUnwanted } from './polarity.ts';
import { NUMBER, numberOf } from './words/numbers.ts';

export interface Audience {
  /** at most this; null = anybody */
  readonly rating: AgeRating | null;
  /** years; null = nobody's age is said */
  readonly age: number | null;
  /** children watch: what the data rate too mildly stays out, too */
  readonly children: boolean;
  /** nothing that is made for children */
  readonly noKids: boolean;
  /** "nothing sexual" */
  readonly noSex: boolean;
}

/** the age from which a rating is suitable: https://myanimelist.net/forum/?topicid=16816 */
const FROM_AGE: readonly (readonly [age: number, rating: AgeRating | null])[] = [
  [18, null],
  [17, 'R'],
  [13, 'PG-13'],
  [7, 'PG'],
  [0, 'G'],
];
/** Children whose age nobody says may be small. */
const UNKNOWN_AGE = 0;
const ADULT = 18;
/** pupils of a first class are a year older than the number of classes they leave behind, plus five */
const AGE_BEFORE_SCHOOL = 5;

const CHILD =
  '(?:kids?|kiddos?|child(?:ren)?|sons?|daughters?|boys?|girls?|toddlers?|bab(?:y|ies)|little (?:ones?|brothers?|sisters?|cousins?)|younger (?:brothers?|sisters?|siblings?|cousins?)|nephews?|nieces?|grand(?:sons?|daughters?|kids?|child(?:ren)?)|students|pupils|preschoolers?|kindergart(?:e?ners?|en)|tweens?|pre-?teens?|teens?|teenagers?)';
const CHILD_JA =
  '(?:子供|子ども|こども|子(?:達|たち)|お子さん|息子|娘|孫|甥(?:っ子)?|姪(?:っ子)?|赤ちゃん|幼児|園児|幼稚園児?|弟|妹|キッズ)';
const en = (pattern: string): RegExp =>
  new RegExp(`(?<![\\p{Script=Latin}\\p{N}])(?:${pattern})(?![\\p{Script=Latin}\\p{N}])`, 'giu');
const AGE_UNIT = '(?:[- ]?(?:years?|yrs?|y)[- /]?(?:olds?|o|of age)\\b|[- ]?y/?o\\b|[- ]?yrs?\\b)';

/** The age of whoever writes says nothing about the children. */
const MYSELF = en(
  "(?:i am|i'm|im|as) (?:an? )?(?:[2-9]\\d)(?:[- ]?(?:years?|yrs?)?[- ]?old)?(?: (?:mom|mum|dad|parent|mother|father|guy|woman|man))?",
);
/** "my son is 25", "my 25-year-old daughter" */
const GROWN_UP_CHILD = new RegExp(
  `\\b${CHILD}\\b ?(?:who )?(?:is|are|aged|,|\\()? ?(?:1[89]|[2-9]\\d)\\b|\\b(?:1[89]|[2-9]\\d)${AGE_UNIT} ${CHILD}\\b|(?:1[89]|[2-9]\\d)(?:歳|才)の${CHILD_JA}`,
  'iu',
);
/** After the children have gone to bed, grown-ups watch. */
const ASLEEP = en(
  `(?:(?:when|while|once|after|for when) )?(?:my |the |our )?${CHILD} (?:(?:are|is|have|has|'re|'s) )?(?:already )?(?:asleep|sleep(?:ing)?|in bed|to bed|gone(?: to bed)?|go to (?:bed|sleep))|子(?:供|ども)が(?:寝た|寝てから|寝ている)(?:後|あと)?に?`,
);
/** "not a kids show", "nothing for children": in the last case the words are about the title, not the audience. */
const NOT_FOR_KIDS = en(
  `(?:not|nothing|no|never|without|isn't|hates?|avoid)(?: (?:a|an|any|for|made|meant|aimed|at|just|too|my|the))* (?:(?:kids?|children)(?:'s|s')?(?: (?:shows?|stuff|anime|series|movies?|films?|cartoons?|things|titles))?|kiddie|childish|kid-friendly)|子(?:供|ども)(?:向け|っぽい)(?:の|もの|作品)?(?:は|じゃ|では)?(?:ない|なし|以外|嫌|苦手|NG)`,
);
const AGES: readonly RegExp[] = [
  en(
    `(?:just )?(?:turned|turning|turns) ${NUMBER}(?! ?(?:/|out of|episodes?|eps?|points?|stars?|seasons?))`,
  ),
  en(`(?:under|over|below|above)[- ]?(\\d{1,2})'?s(?! (?:anime|music|style))`),
  en(
    `(?:i am|i'm|im) (?:only |just |an? )*${NUMBER}(?: years)?(?! ?(?:/|out of|episodes?|eps?|seasons?|minutes?|hours?|%))`,
  ),
  en(`(?:is|are) ${NUMBER} and ${NUMBER}(?! ?(?:episodes?|eps?|minutes?|hours?))`),
  en(
    `(?:age[ds]?|ages) ${NUMBER}(?: ?(?:-|to|–|and|&|or) ?${NUMBER})?(?: and (?:up|over|above)|\\+)?`,
  ),
  en(`(?:under|below|younger than|up to) ${NUMBER}${AGE_UNIT}`),
  en(
    `${NUMBER}(?: ?(?:-|to|–|and|&|or) ?${NUMBER})?${AGE_UNIT}(?: (?:kids?|child(?:ren)?|sons?|daughters?|boys?|girls?))?`,
  ),
  en(
    `(?<=(?:${CHILD}|\\b(?:he|she|they))\\b[^.;!?\\d]{0,30})(?:is|are|turns?|turning|turned|just turned) ${NUMBER}(?: years)?(?! ?(?:/|out of|episodes?|eps?|points?|stars?))`,
  ),
  en(`${CHILD} ?[(,:] ?${NUMBER}(?: ?(?:and|&|,|or|/) ?${NUMBER})?\\)?`),
  en(
    `${CHILD} (?:(?:who )?(?:is|are|aged?|of|under|over|above) )${NUMBER}(?: ?(?:and|&|,|or|/|-|to) ?${NUMBER})?`,
  ),
  en(`${NUMBER} (?:and (?:under|younger)|or younger)`),
  /(\d{1,2})(?:歳|才|さい)(?:から(\d{1,2})(?:歳|才))?(?:の|くらいの|以下の|未満の|以上の)?/gu,
];
/** Other languages are not read, but children are kept safe in them, too. */
const AGE_ELSEWHERE =
  /(?<!\d)(\d{1,2})[- ]?(?:jahre?n?|jährige\w*|años?|ans|anni|anos|лет|год[а]?|살|岁|歲)(?!\p{L})/giu;
const CHILDREN_ELSEWHERE =
  /(?<!\p{L})(?:kinder[ns]?|sohn|tochter|enfants?|fils|fille|hij[oa]s?|niñ[oa]s?|bambin[aieo]|figli[aeo]?|crianças?|filh[oa]s?|дет(?:и|ей|ям|ям|ьми)|ребён\p{L}+|ребен\p{L}+|сын\p{L}*|доч\p{L}+)(?!\p{L})|아이들?|어린이|孩子|儿童|兒童/giu;
const GRADE = en(
  '(?:(\\d{1,2})(?:st|nd|rd|th)[- ]?grade(?:rs?)?|grade (\\d{1,2}))|(?<!中学|高校)小学(?:校)?([1-6])年生?',
);
const SAID_AGES: readonly (readonly [RegExp, number])[] = [
  [
    en(
      '(?:with |for )?(?:my |our |the |an? )?(?:toddlers?|bab(?:y|ies)|infants?|preschoolers?|kindergart(?:e?ners?|en(?: kids?)?)|幼児|園児|幼稚園児?|赤ちゃん)(?:と|の|向け)?',
    ),
    3,
  ],
  [
    en(
      '(?:elementary|primary)[- ]school(?:ers?| kids?| children| students?)?(?! (?:setting|drama|romance|comedy))',
    ),
    6,
  ],
  [
    /小学生(?:の)?(?:息子|娘|子(?:供|ども)?|孫|甥|姪|弟|妹)|小学生(?:と|向け|でも|に(?:も)?(?:見|観|オススメ|おすすめ)|が(?:見|観))/gu,
    6,
  ],
  [en('(?:for |with )?(?:my |our |the |a )?(?:tweens?|pre-?teens?)'), 9],
  [en('(?:middle[- ]schooler|junior high (?:student|kid))s?'), 11],
  [
    /中学生(?:の)?(?:息子|娘|子(?:供|ども)?|孫|甥|姪|弟|妹)|中学生(?:と|向け|でも|に(?:も)?(?:見|観|オススメ|おすすめ)|が(?:見|観))/gu,
    12,
  ],
  [
    en(
      '(?:for |with |my |our )(?:my |our |the |a |some )?(?:teens?|teenagers?|teenaged? (?:son|daughter|kid)s?)(?! (?:romance|drama|comedy|love|life))',
    ),
    13,
  ],
  [
    /(?:高校生(?:の)?(?:息子|娘|子(?:供|ども)?|孫|甥|姪|弟|妹)|高校生(?:と|向け))(?:見|観|一緒)?/gu,
    15,
  ],
];
/** Children without an age. Boys and girls are more often in the story than in front of it. */
const CHILDREN = en(
  `(?:(?:my|our|his|her|their|the|some|small|young|little|for|with|of) )*(?:kids?|kiddos?|child(?:ren)?(?!hood)|little (?:ones?|brothers?|sisters?|cousins?)|younger (?:brothers?|sisters?|siblings?|cousins?)|nephews?|nieces?|grand(?:sons?|daughters?|kids?|child(?:ren)?))(?:'s|s')?(?: (?:shows?|anime|cartoons?|programs?))?|(?:my|our|his|her) (?:(?:own|young|little|small|eldest|youngest|older|younger) )*(?:sons?|daughters?|boys?|girls?|twins|triplets)`,
);
const FAMILY = en(
  "(?:(?:for|with) )?(?:(?:the|my|our|all) )*(?:whole |entire )?family(?: (?:game )?(?:night|evening|time|viewing|watching|weekend|fun|day)s?|[- ]friendly|[- ]safe|(?= (?:movies?|films?)))|(?:for|with) (?:(?:the|my|our|all) )+(?:whole |entire )?family|for family|(?:fun )?for all ages|kid[- ]?(?:friendly|safe|appropriate)|child[- ]?(?:friendly|safe|appropriate|proof)|age[- ]appropriate|(?:family|kids?'?) (?:anime|shows?|cartoons?)|rated g|all[- ]ages",
);
const CHILDREN_JA = new RegExp(
  `${CHILD_JA}(?:(?:たち|達|さん)?(?:と(?:一緒に)?(?:見|観)?|向け|でも|に(?:も)?(?:見|観)せ|が(?:見|観|好)|も(?:見|観)|用|のため|に(?:も)?(?:おすすめ|オススメ|安心)))|(?:家族|親子|ファミリー)(?:みんな)?(?:で|向け|と(?:一緒に)?(?:見|観)|揃って|そろって)|うちの(?:子|息子|娘)|全年齢|安心して(?:子(?:供|ども)に)?(?:見|観)(?:られる|せられる)`,
  'gu',
);
const LIMITS: readonly (readonly [RegExp, AgeRating])[] = [
  [
    en(
      '(?:(?:rated |rating |max(?:imum)? |at most |up to |nothing above |no higher than |only )+)?pg-?13(?: rated| rating)?(?: (?:or|and) (?:lower|below|less|under|milder))?|(?:for )?(?:ages? )?13\\+|(?:no|not|nothing|without)(?: (?:any|rated))* (?:r[- ]rated|violen(?:ce|t)|rated r)(?: (?:stuff|content|shows?|movies?|anime))?|R15以外|暴力(?:表現|描写|シーン)?(?:は|が|の)?(?:なし|無し|ない|苦手|NG|抜き)',
    ),
    'PG-13',
  ],
  [
    en(
      '(?:(?:rated |rating |max(?:imum)? |at most |up to |nothing above |no higher than |only )+)?pg(?: rated| rating)?(?: (?:or|and) (?:lower|below|less|under|milder))?',
    ),
    'PG',
  ],
  [en('g[- ]rated'), 'G'],
  [
    en(
      '(?:no|not|nothing|without)(?: (?:any|too|much|explicit))* (?:nudity|nude|naked|sex(?:ual)?(?: content| scenes?)?|explicit|porn\\w*|lewd(?:ness)?|18\\+)(?: (?:stuff|content|shows?|scenes?|anime))?',
    ),
    'R',
  ],
];
const NO_SEX = /sex|nud|naked|lewd|explicit|porn|18\+/i;

export function readAudience(message: Message): Audience {
  const { text } = message;
  message.takes(MYSELF);
  const adults = message.takes(ASLEEP);
  const noKids = message.takes(NOT_FOR_KIDS);
  const ages = [...agesSaid(message), ...schoolAges(message)];
  const names =
    countAndTake(message, FAMILY) +
    countAndTake(message, CHILDREN) +
    countAndTake(message, CHILDREN_JA) +
    countAndTake(message, CHILDREN_ELSEWHERE);
  const isSaid = ages.some((age) => age < ADULT) || GROWN_UP_CHILD.test(text);
  if (names > 0 && !isSaid && !adults) ages.push(UNKNOWN_AGE);
  const limits = LIMITS.flatMap(([pattern, rating]) =>
    message.find(pattern).map((found) => {
      message.take(found);
      return { rating, said: message.said(found) };
    }),
  );
  const age = ages.length > 0 ? Math.min(...ages) : null;
  const ofAge = age === null ? null : ratingFor(age);
  const rating = mildest([ofAge, ...limits.map((limit) => limit.rating)]);
  return {
    rating,
    age: age === UNKNOWN_AGE ? null : age,
    children: age !== null && age < 13,
    noKids,
    noSex: limits.some(({ said }) => NO_SEX.test(said)),
  };
}

export function ratingFor(age: number): AgeRating | null {
  return FROM_AGE.find(([from]) => age >= from)?.[1] ?? null;
}

export function mildest(ratings: readonly (AgeRating | null)[]): AgeRating | null {
  return AGE_RATINGS.find((rating) => ratings.includes(rating)) ?? null;
}

/** Grown-up ages are taken, too: nobody else reads them as a number of something. */
function agesSaid(message: Message): number[] {
  const ages: number[] = [];
  for (const pattern of [...AGES, AGE_ELSEWHERE])
    for (const found of message.find(pattern)) {
      const numbers = found.groups.filter((group) => group !== undefined).map(numberOf);
      if (numbers.length === 0 || numbers.some((age) => age > 99)) continue;
      const under = /\b(?:under|below|younger|up to)\b|未満|以下/i.test(message.said(found));
      ages.push(under ? Math.min(UNKNOWN_AGE, ...numbers) : Math.min(...numbers));
      message.take(found);
    }
  return ages;
}

function schoolAges(message: Message): number[] {
  const ages: number[] = [];
  for (const found of message.find(GRADE)) {
    ages.push(AGE_BEFORE_SCHOOL + Number(found.groups.find((group) => group !== undefined)));
    message.take(found);
  }
  for (const [pattern, age] of SAID_AGES)
    for (const found of message.find(pattern)) {
      ages.push(age);
      message.take(found);
    }
  return ages;
}

function countAndTake(message: Message, pattern: RegExp): number {
  const found = message.find(pattern);
  for (const span of found) message.take(span);
  return found.filter((span) => !isUnwanted(message, span)).length;
}
