/** Genres as words of a sentence, and sources as what a work grew out of. */

const JAPANESE: Readonly<Record<string, string>> = {
  Action: 'アクション',
  Adventure: '冒険',
  Cars: '車',
  Comedy: 'コメディ',
  Dementia: '前衛',
  Demons: '悪魔',
  Drama: 'ドラマ',
  Ecchi: 'お色気',
  Fantasy: 'ファンタジー',
  Game: 'ゲーム',
  Harem: 'ハーレム',
  Hentai: '成人向け',
  Historical: '歴史',
  Horror: 'ホラー',
  Josei: '女性向け',
  Kids: '子ども向け',
  Magic: '魔法',
  'Martial Arts': '格闘技',
  Mecha: 'ロボット',
  Military: '軍事',
  Music: '音楽',
  Mystery: 'ミステリー',
  Parody: 'パロディ',
  Police: '警察',
  Psychological: '心理',
  Romance: '恋愛',
  Samurai: '侍',
  School: '学園',
  'Sci-Fi': 'SF',
  Seinen: '青年向け',
  Shoujo: '少女向け',
  'Shoujo Ai': '百合',
  Shounen: '少年向け',
  'Shounen Ai': 'BL',
  'Slice of Life': '日常',
  Space: '宇宙',
  Sports: 'スポーツ',
  'Super Power': '超能力',
  Supernatural: '超常現象',
  Thriller: 'スリラー',
  Vampire: '吸血鬼',
  Yaoi: 'BL',
  Yuri: '百合',
};

const KEPT_CAPITALS = new Set(['Sci-Fi', 'Shounen Ai', 'Shoujo Ai']);

/** "slice of life" */
export function genreWord(genre: string): string {
  return KEPT_CAPITALS.has(genre) ? genre : genre.toLowerCase();
}

/** 日常; a genre that the table lacks keeps its name */
export function genreWordJa(genre: string): string {
  return JAPANESE[genre] ?? genre;
}

/** What titles with the same source all are, in both languages; other sources are not worth a word. */
export const SOURCE_WORDS: Readonly<Record<string, { readonly en: string; readonly ja: string }>> =
  {
    Manga: { en: 'began as manga', ja: '漫画が原作' },
    'Web manga': { en: 'began as web manga', ja: 'ウェブ漫画が原作' },
    '4-koma manga': { en: 'began as four-panel manga', ja: '四コマ漫画が原作' },
    'Light novel': { en: 'began as light novels', ja: 'ライトノベルが原作' },
    Novel: { en: 'began as novels', ja: '小説が原作' },
    'Visual novel': { en: 'began as visual novels', ja: 'ビジュアルノベルが原作' },
    Game: { en: 'began as games', ja: 'ゲームが原作' },
    Original: { en: 'were written for the screen', ja: 'アニメのために書かれたオリジナル作品' },
  };
