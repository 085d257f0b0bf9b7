/** Phrases of a wish that stand for one rule each, in English and Japanese. */
import type { AnimeType } from '../../data/anime.ts';

/** Matches whole words in Latin script, and anywhere in Japanese. */
function phrase(words: string): RegExp {
  return new RegExp(
    `(?<![\\p{Script=Latin}\\p{N}])(?:${words})(?![\\p{Script=Latin}\\p{N}])`,
    'giu',
  );
}

export const TYPE_PHRASES: readonly (readonly [pattern: RegExp, types: readonly AnimeType[]])[] = [
  [
    phrase(
      '(?:movie|film|feature)[- ]length|(?:feature )?(?:films?|movies?)|features?|映画|劇場版|劇場アニメ',
    ),
    ['Movie'],
  ],
  [
    phrase(
      '(?:tv|television)(?: (?:series|shows?|anime))?|series|テレビアニメ|TVアニメ|(?:テレビ|TV)シリーズ|シリーズもの',
    ),
    ['TV'],
  ],
  [phrase("ovas?|oads?|ova's"), ['OVA']],
  [phrase('onas?|web series|ウェブアニメ'), ['ONA']],
  [phrase('(?:tv )?specials?|スペシャル(?:番組)?'), ['Special']],
  [phrase('music videos?|mvs?|ミュージックビデオ|MV'), ['Music']],
];

const NOUN = '(?:ones?|titles?|anime|shows?|series|films?|movies?|stuff|things)';
const FAMOUS = '(?:well[- ]known|famous|popular|obvious|big|essential)';
/** titles that everybody knows */
const CLASSICS = `(?:classics?|must[- ]sees?|${FAMOUS}(?: ${NOUN})?)`;
const CLASSICS_JA =
  '(?:定番|名作|王道|有名作|有名どころ|有名な(?:作品|もの|の|アニメ))(?:作品|アニメ)?';
/** Asks for the classics too, because they may not have been seen. */
export const CLASSICS_TOO = phrase(
  [
    `(?:have not|haven['’]?t|never|didn['’]?t|don['’]?t|not) (?:even |really |yet )?(?:seen|watched|tried|know) (?:yet )?(?:many |any |most |all |much )?(?:of )?(?:the |these |those )?${CLASSICS}`,
    `(?:also|even|including|include) (?:all )?(?:(?:the )?classics|the ${CLASSICS}|${FAMOUS} ${NOUN})(?: too| as well)?`,
    `(?:the )?${CLASSICS},? (?:too|as well|included)`,
    '(?:new to|just (?:getting|got) into|just started(?: watching)?|beginner (?:in|to|at)|never (?:seen|watched) (?:any )?) ?anime(?: before)?',
    '(?:my )?first (?:ever )?anime(?: ever)?|beginner[- ]friendly',
    `${CLASSICS_JA}(?:も|は|を|すら|さえ)?(?:まだ|あまり|ほとんど|全然)?(?:[見観]て(?:い)?ない|[見観]たことがない|未視聴)`,
    `${CLASSICS_JA}も(?:含めて?|入れて|あり|OK)`,
    'アニメ(?:は|が)?(?:初心者|初めて|はじめて)',
  ].join('|'),
);
export const LITTLE_KNOWN = phrase(
  "not (?:so |too |very |that )?(?:popular|famous|mainstream|well[- ]known)|less (?:popular|known|famous|mainstream)|non[- ]mainstream|no mainstream|nothing (?:too )?(?:popular|mainstream|famous)|unpopular|unknown|hidden gems?|underrated|overlooked|obscure|niche|little[- ]known|lesser[- ]known|isn['’]t popular|nobody (?:knows|talks about)|マイナー|隠れた名作|隠れた傑作|穴場|知る人ぞ知る|知られて(?:い)?ない|あまり有名(?:では|じゃ)?ない|有名(?:では|じゃ)ない|人気(?:では|じゃ)ない|メジャーじゃない",
);
export const WELL_KNOWN = phrase(
  'popular|famous|mainstream|well[- ]known|classics?|must[- ]sees?|人気(?:の|な)?|有名|定番|メジャー|王道',
);
export const VARIED = phrase(
  'varied|variety|diverse|a mix|mix(?:ed)?|different (?:things|kinds|genres)|いろいろ|色々|多彩|さまざま',
);
export const NEWER = phrase(
  'newer(?: than)?|more recent(?: than)?|(?:very |fairly )?recent(?:ly)?(?: (?:made|released))?|modern|latest|new (?:anime|releases?|shows?|series|ones?)|最近|新しい|新しめ|新作',
);
export const OLDER = phrase(
  'older(?: than)?|old[- ]school|oldies|old (?:anime|shows?|series|ones?|stuff|films?|movies?|classics?)|retro|vintage|classic|古い|古め|昔|レトロ|懐かしい',
);
export const SHORTER = phrase(
  '(?:but |much |a bit |something )?shorter(?: than)?|もっと短い|より短い',
);
export const LONGER = phrase(
  '(?:but |much |a bit |something )?longer(?: than)?|もっと長い|より長い',
);
export const FINISHED = phrase(
  'finished(?: airing)?|completed?(?: (?:series|shows?|stor(?:y|ies)))?|already (?:over|ended|done|complete)|fully (?:aired|released|out)|(?:that )?(?:has|have) (?:already )?(?:ended|concluded)|ended|concluded|with (?:a (?:proper|real|definite|conclusive) )ending|完結(?:済み?|して(?:い)?る|した)?|放送(?:が)?終了(?:済み?|した)?',
);
export const AIRING_NOW = phrase(
  '(?:is |are )?(?:still |currently )?airing(?: (?:now|right now))?|on[- ]?going|currently (?:running|on)|weekly releases?|放送中(?:の)?|連載中',
);
export const SEQUELS = phrase(
  'sequels?|follow[- ]?ups?|(?:second|2nd|later|other) seasons?|season (?:2|two)|続編|続き(?:もの)?|2期|二期',
);
export const STANDALONE = phrase(
  'stand[- ]?alone|self[- ]contained|one[- ]offs?|単発(?:もの)?|単独作品',
);
/** What a list leaves out anyway. */
export const BY_DEFAULT = phrase(
  "(?:that )?(?:i|we) (?:have not|haven't|havent|didn't) (?:seen|watched|see|watch)(?: (?:yet|before|it|them))?|not seen yet|(?:まだ)?(?:見|観)(?:た)?(?:て(?:い)?ない|ことがない)(?:もの|作品|やつ)?|未視聴",
);
