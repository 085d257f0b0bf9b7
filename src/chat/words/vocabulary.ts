/** Words for genres and moods, in English and Japanese. Themes bring their own (src/data/themes). */

/** What a word asks for; where it is unwanted, `genres` and `themes` are left out instead, or `instead` says what is. */
export interface Meaning {
  readonly genres?: readonly string[];
  readonly themes?: readonly string[];
  /** genres to leave out when the word is wanted */
  readonly genresOut?: readonly string[];
  /** genres to leave out when the word is unwanted; undefined = `genres` */
  readonly instead?: readonly string[];
}

/** The genres of the data, and how people say them beside their names. Words of themes that say the same stand in both. */
export const GENRE_WORDS: Readonly<Record<string, string>> = {
  Action: 'fight, fights, fighting, battles, action packed, アクション, バトル, 戦闘, 熱い',
  Adventure: 'adventures, adventurous, 冒険, アドベンチャー',
  Cars: 'car, 車',
  Comedy:
    'comedies, comedic, funny, hilarious, humor, humour, humorous, laughs, laugh, make me laugh, makes me laugh, lighthearted, light hearted, gag, gags, 笑える, ギャグ, コメディ, コメディー, お笑い, 爆笑, 面白おかしい',
  Dementia: 'avant garde',
  Demons: 'demon, 悪魔',
  Drama: 'dramas, dramatic, ドラマ, 人間ドラマ',
  Ecchi: 'fan service, fanservice, fan-service, sexy, lewd, お色気, エッチ, エロ, サービスシーン',
  Fantasy: 'fantasies, high fantasy, ファンタジー',
  Game: 'games, ゲーム',
  Harem: 'harems, ハーレム',
  Historical: 'history, period piece, period drama, 歴史, 歴史もの, 時代劇, 時代もの',
  Horror:
    'scary, frightening, creepy, terrifying, gore, gory, bloody, ホラー, 怖い, 怖く, 恐怖, グロ, グロい, グロテスク, スプラッター',
  Josei: '女性向け, 女性漫画',
  Magic: 'magical, 魔法',
  'Martial Arts': 'martial art, kung fu, karate, 格闘, 武術, カンフー',
  Mecha: 'mechs, mech, giant robot, giant robots, メカ, ロボット, ロボ, ロボットもの',
  Military: 'army, 軍事, 軍隊, ミリタリー',
  Music: 'musical, musicals, 音楽',
  Mystery:
    'mysteries, mysterious, whodunnit, whodunit, ミステリー, ミステリ, 推理, 推理もの, 謎解き',
  Parody: 'parodies, パロディ, パロディー',
  Police: 'cops, cop, 警察, 刑事',
  Psychological:
    'mind bending, mindbending, mind bender, mind fuck, mindfuck, 心理, サイコ, 心理描写, 鬱, 鬱展開, 考えさせられる',
  Romance:
    'romances, romantic, love story, love stories, rom com, romcom, romantic comedy, 恋愛, 恋愛もの, ラブストーリー, ロマンス, 恋, ラブコメ, 恋物語',
  Samurai: 'samurais, 侍, サムライ, 武士',
  School:
    'school life, school setting, high school, highschool, high schoolers, high school students, 学園, 学園もの, 学校, 高校, 高校生, 学生',
  'Sci-Fi': 'scifi, sf, science fiction, SF, サイエンスフィクション',
  Seinen: 'mature, grown up, for adults, for grown ups, 青年漫画, 青年向け, 大人向け',
  Shoujo: 'shojo, 少女漫画, 少女マンガ, 少女向け',
  Shounen: 'shonen, 少年漫画, 少年マンガ, 少年向け',
  'Shounen Ai': 'boys love, bl, gay romance, ボーイズラブ, BL',
  'Shoujo Ai': 'girls love, gl, lesbian romance, 百合, ガールズラブ',
  'Slice of Life': 'everyday life, daily life, slice-of-life, sol, 日常, 日常系, 日常もの',
  Space: 'in space, 宇宙',
  Sports: 'sport, sporty, スポーツ, スポ根, 部活スポーツ',
  'Super Power': 'super powers, superpowers, superpower, 超能力, 異能, 異能バトル',
  Supernatural: 'paranormal, 超常, 怪奇, 超常現象, オカルト',
  Thriller: 'thrillers, suspense, suspenseful, thrilling, スリラー, サスペンス',
  Vampire: 'vampires, 吸血鬼, ヴァンパイア, バンパイア',
};

/** Names of genres that say something else in a wish: who watches, or who a story is about. */
export const NO_GENRE_WORD: ReadonlySet<string> = new Set([
  'kids',
  'hentai',
  '少女',
  '少年',
  '青年',
  '子供向け',
  '成人向け',
  '女性向け',
  'カー',
  '前衛',
]);

export const MOODS: readonly (readonly [words: string, meaning: Meaning])[] = [
  [
    'funnier, lighter, more fun, more humor, more humour, more humorous, more comedy, funnier one, もっと笑える, 明るい, 明るく, もっと面白おかしい',
    { genres: ['Comedy'] },
  ],
  [
    'romantic comedy, romantic comedies, romcom, romcoms, rom com, rom coms, ラブコメ',
    { genres: ['Romance', 'Comedy'] },
  ],
  [
    'dark, darker, grim, grimmer, grimdark, bleak, bleaker, gritty, more serious, serious, heavy, heavier, ダークな, ダーク, 暗い, 暗め, 暗く, もっと暗い, 重い, 重め, シリアス, シリアスな',
    {
      genresOut: ['Comedy', 'Kids', 'Slice of Life'],
      instead: ['Horror', 'Psychological', 'Thriller'],
    },
  ],
  ['scarier, creepier, more scary, もっと怖い', { genres: ['Horror'] }],
  [
    'sadder, more emotional, more moving, more sad, emotional, moving, depressing, tear jerker, makes you cry, make me cry, cry, crying, bittersweet, melancholic, melancholy, もっと泣ける, 切ない, 切なくて, 泣きたい, 泣けて, 悲しくて, 感動的, 感動する, 感動できる, 号泣',
    { themes: ['sad'] },
  ],
  [
    'calmer, gentler, quieter, softer, more relaxing, calm, chill, chilled, relaxed, laid back, peaceful, gentle, quiet, slow paced, 穏やか, 穏やかな, のんびり, のんびりした, 静かな, ゆったり, ゆるい, 癒されたい, 癒やされる',
    { themes: ['iyashikei'] },
  ],
  [
    'cozier, cosier, more wholesome, warm, sweet, heart warming, feel good, uplifting, cute, ほっこりする, 温かい, あたたかい, 優しい, かわいい, 可愛い',
    { themes: ['cozy'] },
  ],
  ['more romantic, more romance, もっと恋愛', { genres: ['Romance'] }],
  ['more exciting, more action, exciting, 激しい, もっと激しい', { genres: ['Action'] }],
  ['spooky, spookier', { genres: ['Horror'] }],
  ['sexual, nudity, nude, エロい', { genres: ['Ecchi'] }],
  ['crime, criminal, criminals, gangs, 犯罪', { themes: ['organized-crime'] }],
  ['monster taming, creature collecting', { themes: ['monster-taming'] }],
  ['coming-of-age, coming of age', { themes: ['coming-of-age'] }],
  ['world ending, end of the world', { themes: ['post-apocalyptic'] }],
];

/** Words of themes that say something else in most wishes. */
export const NO_THEME_WORD: ReadonlySet<string> = new Set([
  ...[
    'working',
    'loss',
    'growing up',
    'adults',
    'jobs',
    'ai',
    'ts',
    'strategy',
    'spirits',
    'gag',
    'cry',
  ],
  ...[
    '神',
    '国家',
    '大会',
    '作品',
    '踊り',
    'ギャグ',
    'ゲーム',
    '吸血鬼',
    'vampire',
    'vampires',
    '時代劇',
    '推理',
    'giant robot',
    'giant robots',
    'gaming',
  ],
]);

/** Genres and themes that say the same: where one is unwanted, the other is, too. */
export const SAME: readonly (readonly [genre: string, theme: string])[] = [
  ['Vampire', 'vampires'],
  ['Mecha', 'giant-robots'],
  ['Space', 'space-travel'],
];
