/** Genres and sources as words in a sentence. */

const KEPT_CAPITALS = new Set(['Sci-Fi', 'Shounen Ai', 'Shoujo Ai']);

/** "slice of life" */
export function genreWord(genre: string): string {
  return KEPT_CAPITALS.has(genre) ? genre : genre.toLowerCase();
}

/** What titles of the same source have in common, in both languages; other sources are not mentioned. */
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
