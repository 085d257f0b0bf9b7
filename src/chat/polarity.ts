/** Whether a part of a wish is wanted: "no horror or gore", "hates romance but loves comedy", ホラーなし. */
import type { Message, Span } from './message.ts';

export type Polarity = 'wanted' | 'unwanted' | 'either';

/** Letters before a part in which its "no" is looked for. */
const REACH = 160;
const TOKEN = /[\p{L}\p{N}'+]+|‖+|[^\s]/gu;

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const NO = words(
  "no not non without except excluding exclude excludes minus less never nothing none neither avoid avoiding avoids skip skipping hate hates hated hating dislike dislikes disliked loathe detest can't cannot cant don't dont doesn't doesnt didn't isn't aren't won't wouldn't w/o lacks lacking sans fewer isnt arent dropped",
);
/** between "no" and what it is about */
const BETWEEN = words(
  'a an any too so much many more very really even at all that this those the overly excessive explicit heavy kind kinds sort sorts type types of about by from in other also stupid silly cheap annoying forced single typical similar to such as or nor and anime animes show shows series stuff things thing titles title ones content elements element scenes scene vibes story stories film films movie movies & / -',
);
/** between "not" and what it is about, and wanted without a "not" */
const VERBS = words(
  'like likes liked love loves want wants wanted need needs enjoy enjoys stand watch watching see seen be is do care for into fan fans interested handle take with contain contains containing have has featuring feature looking mood',
);
const NOT = /^(?:not|never|nothing|none|no|less|n't|\w+n't|dont|doesnt|cant|cannot|isnt|arent)$/;
/** words for "enough of it", whose last word is "of" or "with" */
const FED_UP =
  /\b(?:tired|sick|bored|enough|fed up|done|over)(?: of| with)?(?: (?:all|the|these|those))*\s*$/i;
const ANYTHING_BUT = /\b(?:anything|everything|all) but(?: (?:a|an|the|more))?\s*$/i;
const APART_FROM =
  /\b(?:apart from|other than|rather than|instead of|aside from|besides|leave out|keep out|get rid of|hold the|allergic to|(?:scared|afraid|terrified) of)(?: (?:a|an|the|any|all|more))*\s*$/i;
const EITHER =
  /\b(?:don't mind|dont mind|doesn't matter|(?:okay|ok|fine|cool|no problem) with|not necessarily|don't care about|whether)(?: (?:a|an|the|any|some|if|it's|it is|bit|of|or|‖+))*\s*$/i;
const INTENSIFIER = /^(?:too|so|very|that|overly|really)$/;
const CONNECTOR = /^(?:,|or|nor|and|&|\/)$/;
const HYPHEN = /(?:^|[\s(,])[-−–]$/;
const AFTER_FREE =
  /^(?:[- ]?free\b|(?:[^.;!?]{0,24})\b(?:is|are) (?:a no|out|not (?:my thing|for me))\b)/i;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]$/u;
const NO_JA =
  /^(?:もの|モノ|系|要素|作品|アニメ|シーン|描写|展開|キャラ|っぽい(?:の|もの)|みたいな(?:の|もの|作品)?|すぎるの|な(?:の|もの|作品))?(?:(?:や|と|・|も|とか)‖+(?:もの|系|要素|作品)?)*(?:とか|など)?(?:は|が|の|も|を)?(?:あまり|全然)?(?:少なめ|なし|無し|ナシ|抜き|ぬき|以外|じゃな[いく]|ではな[いく]|でな[いく]|のない|ない|無い|嫌い|嫌|いや|イヤ|苦手|NG|ダメ|だめ|いらない|要らない|不要|除|避け|控えめ|飽き|見たくない|観たくない|無理|興味ない)/u;
/** an item of a list whose "no" comes at its end: ホラーやグロは苦手 */
const LISTED_JA =
  /^(?:もの|モノ|系|要素)?(?:や|と|・|とか|も)[^、。,.\s]{1,12}?(?:とか|など)?(?:は|が|も)?(?:なし|無し|ナシ|抜き|以外|嫌い|嫌|苦手|NG|ダメ|いらない|除|避け|無理)/u;

export function polarityOf(message: Message, { from, to }: Span): Polarity {
  const before = message.open.slice(Math.max(0, from - REACH), from);
  const after = message.open.slice(to, to + 60);
  if (JAPANESE.test(message.text.slice(0, to)))
    return NO_JA.test(after) || LISTED_JA.test(after) ? 'unwanted' : 'wanted';
  if (EITHER.test(before)) return 'either';
  if (AFTER_FREE.test(after) || HYPHEN.test(before)) return 'unwanted';
  if (NO_JA.test(after.trimStart())) return 'unwanted';
  return isAfterNo(before, after) ? 'unwanted' : 'wanted';
}

export function isUnwanted(message: Message, span: Span): boolean {
  return polarityOf(message, span) === 'unwanted';
}

function isAfterNo(before: string, after: string): boolean {
  if (FED_UP.test(before) || ANYTHING_BUT.test(before) || APART_FROM.test(before)) return true;
  return startOfNo(before, after) !== null;
}

/** Where the "no" begins that is about what follows; null = there is none. */
export function startOfNo(before: string, after: string): number | null {
  const tokens = [...before.matchAll(TOKEN)];
  /** "not too scary mystery": only the first of two words next to each other is unwanted */
  let isNoun = false;
  let isJoined = true;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const word = tokens[at][0].toLowerCase();
    const previous = tokens[at - 1]?.[0].toLowerCase() ?? '';
    if (NO.has(word)) return word === 'not' && previous === 'why' ? null : tokens[at].index;
    if (word.startsWith('‖')) {
      isNoun ||= isJoined;
      isJoined = true;
      continue;
    }
    if (isNoun && INTENSIFIER.test(word)) return null;
    isJoined = isJoined && !CONNECTOR.test(word);
    if (word === ',') {
      // "no horror, gore or harem" is one list; "no horror, funny" is not.
      if (
        !/^\s*(?:,\s*[\p{L}\p{N}‖'-]+\s*)*,?\s*\b(?:or|nor)\b/iu.test(after) &&
        !tailOfList(tokens, at)
      )
        return null;
      continue;
    }
    if (word === 'with' && /^(?:and|but|,)$/.test(previous)) return null;
    if (/^(?:a|an|some|the)$/.test(word) && previous === 'and') return null;
    if (BETWEEN.has(word)) continue;
    const governor = /^(?:really|even|to|a|an|the)$/.test(previous)
      ? (tokens[at - 2]?.[0].toLowerCase() ?? '')
      : previous;
    if (VERBS.has(word) && (NOT.test(governor) || VERBS.has(governor) || isThing(governor)))
      continue;
    return null;
  }
  return null;
}

const NOUN = words(
  'anime animes show shows series stuff things thing titles title ones film films movie movies story stories anything',
);
const isThing = (word: string): boolean => NOUN.has(word);

/** The comma at this place is inside of a list, of which "or" has been passed. */
function tailOfList(tokens: readonly RegExpExecArray[], at: number): boolean {
  return tokens.slice(at + 1).some(([word]) => /^(?:or|nor)$/i.test(word));
}
