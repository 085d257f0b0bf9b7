/** Words for genres, types and moods, in English and Japanese. */
import type { AnimeType } from '../data/anime.ts';
import { GENRES_JA } from '../data/genres-ja.ts';

type Synonyms = readonly [words: string, meant: string];

const GENRE_SYNONYMS: readonly Synonyms[] = [
  ['action|fights?|fighting|battles?|バトル|戦闘|アクション', 'Action'],
  ['adventures?|journeys?|冒険|旅|アドベンチャー', 'Adventure'],
  [
    'comedy|comedies|comedic|funny|hilarious|humou?r|laughs?|笑える|ギャグ|コメディー?|お笑い',
    'Comedy',
  ],
  ['dramas?|dramatic|ドラマ|泣ける|感動', 'Drama'],
  ['ecchi|fan ?service|お色気|エッチ', 'Ecchi'],
  ['fantasy|isekai|異世界|ファンタジー', 'Fantasy'],
  ['games?|gaming|ゲーム', 'Game'],
  ['harem|ハーレム', 'Harem'],
  ['histor(?:y|ical)|period|歴史|時代劇', 'Historical'],
  ['horror|scary|frightening|creepy|gore|gory|ホラー|怖い|恐怖', 'Horror'],
  ['josei', 'Josei'],
  ["kids|children(?:’s|'s)?|family|子ども|子供", 'Kids'],
  ['magic|magical|witch(?:es)?|魔法', 'Magic'],
  ['martial arts|kung ?fu|格闘', 'Martial Arts'],
  ['mechas?|robots?|メカ|ロボット', 'Mecha'],
  ['military|war|army|軍事|戦争|ミリタリー', 'Military'],
  ['music|musical|bands?|idols?|音楽|バンド|アイドル', 'Music'],
  ['myster(?:y|ies)|detectives?|whodunn?it|ミステリー|推理|探偵|謎解き', 'Mystery'],
  ['parod(?:y|ies)|パロディ', 'Parody'],
  ['police|cops?|警察|刑事', 'Police'],
  ['psychological|mind ?games?|mind-?bending|心理|サイコ', 'Psychological'],
  ['roman(?:ce|ces|tic)|love stor(?:y|ies)|恋愛|ラブストーリー|ロマンス|恋', 'Romance'],
  ['samurai|swords?(?:men|man)?|侍|サムライ|武士', 'Samurai'],
  ['schools?|high school|学園|学校|高校', 'School'],
  ['sci-?fi|science fiction|ＳＦ|SF', 'Sci-Fi'],
  ['seinen|grown-?up|mature|青年', 'Seinen'],
  ['shou?jo|少女漫画|少女', 'Shoujo'],
  ['shou?nen|少年漫画|少年', 'Shounen'],
  [
    'slice of life|everyday|cozy|cosy|relaxing|calm|healing|iyashikei|日常|癒やし|癒し|ほのぼの|まったり',
    'Slice of Life',
  ],
  ['space|宇宙', 'Space'],
  ['sports?|スポーツ', 'Sports'],
  ['super ?powers?|超能力', 'Super Power'],
  ['supernatural|ghosts?|spirits?|超常|怪奇|妖怪|幽霊', 'Supernatural'],
  ['thrillers?|suspense(?:ful)?|スリラー|サスペンス', 'Thriller'],
  ['vampires?|吸血鬼|ヴァンパイア', 'Vampire'],
  ['demons?|悪魔', 'Demons'],
  ['cars?|racing|レース|車', 'Cars'],
];

/** Comparisons with a named title, and the genres that they ask for. */
const MOODS: readonly {
  words: string;
  genresIn?: readonly string[];
  genresOut?: readonly string[];
}[] = [
  {
    words:
      'funnier|lighter|more fun|more humou?r(?:ous)?|もっと笑える|明るい|明るく|もっと面白おかしい',
    genresIn: ['Comedy'],
  },
  {
    words: 'darker|grimmer|bleaker|more serious|ダークな|もっと暗い|暗め|重い|シリアス',
    genresOut: ['Comedy', 'Kids', 'Slice of Life'],
  },
  { words: 'scarier|creepier|もっと怖い', genresIn: ['Horror'] },
  { words: 'sadder|more emotional|more moving|もっと泣ける|切ない', genresIn: ['Drama'] },
  {
    words: 'calmer|cozier|cosier|gentler|quieter|softer|more relaxing|穏やか|のんびり',
    genresIn: ['Slice of Life'],
  },
  { words: 'more romantic|もっと恋愛', genresIn: ['Romance'] },
  { words: 'more exciting|faster|激しい', genresIn: ['Action'] },
];

const TYPE_WORDS: readonly (readonly [words: string, types: readonly AnimeType[]])[] = [
  ['films?|movies?|feature|映画|劇場版', ['Movie']],
  ['tv|series|(?:tv )?shows|テレビアニメ|TVアニメ|シリーズ', ['TV']],
  ['ova|oad', ['OVA']],
  ['ona|web series|ウェブアニメ|配信', ['ONA']],
  ['shorter|something short|short|短い|短め|短編|さくっと', ['Movie', 'OVA', 'ONA', 'Special']],
  ['longer|long|長い|長編', ['TV']],
];

export interface Phrase<T> {
  readonly pattern: RegExp;
  readonly meant: T;
}

/** A pattern for each genre: its synonyms and its own names. */
export function genrePhrases(genres: readonly string[]): Phrase<string>[] {
  return genres.map((genre) => {
    const said = GENRE_SYNONYMS.find(([, meant]) => meant === genre)?.[0];
    const own = [genre, GENRES_JA[genre]].filter((word) => word !== undefined).map(literal);
    return { pattern: phrase([...own, ...(said ? [said] : [])].join('|')), meant: genre };
  });
}

export const MOOD_PHRASES = MOODS.map(({ words, genresIn = [], genresOut = [] }) => ({
  pattern: phrase(words),
  meant: { genresIn, genresOut },
}));

export const TYPE_PHRASES: readonly Phrase<readonly AnimeType[]>[] = TYPE_WORDS.map(
  ([words, meant]) => ({ pattern: phrase(words), meant }),
);

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
    '(?:new to|just (?:getting|got) into|just started(?: watching)?|beginner (?:in|to|at)) anime',
    `${CLASSICS_JA}(?:も|は|を|すら|さえ)?(?:まだ|あまり|ほとんど|全然)?(?:[見観]て(?:い)?ない|[見観]たことがない|未視聴)`,
    `${CLASSICS_JA}も(?:含めて?|入れて|あり|OK)`,
    'アニメ(?:は|が)?(?:初心者|初めて|はじめて)',
  ].join('|'),
);
export const LITTLE_KNOWN = phrase(
  "not (?:so |too |very )?(?:popular|famous|mainstream|well[- ]known)|less (?:popular|known|famous|mainstream)|unpopular|hidden gems?|underrated|obscure|niche|little[- ]known|lesser[- ]known|isn['’]t popular|マイナー|隠れた名作|知られていない|あまり有名(?:では|じゃ)?ない|有名(?:では|じゃ)ない|人気(?:では|じゃ)ない|メジャーじゃない",
);
export const WELL_KNOWN = phrase(
  'popular|famous|mainstream|well[- ]known|classics?|人気|有名|定番|メジャー',
);
export const VARIED = phrase('varied|variety|diverse|mix|different things|いろいろ|色々|多彩');
export const NEWER = phrase('newer|more recent|recent|最近|新しい|新しめ|新作');
export const OLDER = phrase('older|old|old[- ]school|retro|classic|古い|古め|昔|レトロ|懐かしい');

/** before an unwanted genre or type: "no horror", "without too much romance" */
export const NOT_BEFORE =
  /(?:\b(?:no|not|without|except|minus|less|non|nothing|never|avoid|skip|hates?|exclud(?:e|ing)|don['’]?t (?:like|want)|dislike)\b|[-−])[\s-]*(?:(?:too|so|much|any|a|an|the|of|more|very|real(?:ly)?|or|nor)\s+)*$/i;
/** after an unwanted genre or type, in Japanese: ホラーなし, 恋愛抜き, ホラー以外, 学園ものは嫌 */
export const NOT_AFTER =
  /^(?:もの|系|要素)?(?:は|が|の|も)?(?:少なめ|なし|無し|抜き|ぬき|以外|じゃない|ではない|でない|ない|嫌|いや|苦手|いらない|除|控えめ)/;

/** Matches whole words in Latin script, and anywhere in Japanese. */
function phrase(words: string): RegExp {
  return new RegExp(
    `(?<![\\p{Script=Latin}\\p{N}])(?:${words})(?![\\p{Script=Latin}\\p{N}])`,
    'giu',
  );
}

function literal(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
