/** Shelves in Japanese: written for it, not translated word by word. */
import type { ShelfMessages } from './messages-en.ts';

export const shelvesJa: ShelfMessages = {
  headings: {
    you: {
      'for-you': 'あなたへのおすすめ',
      stories: '続きを見る',
      people: '好みの近い人たちから',
      gems: '隠れた名作',
    },
    they: {
      'for-you': 'この人へのおすすめ',
      stories: '続きを見る',
      people: '好みの近い人たちから',
      gems: '隠れた名作',
    },
  },
  because: (title, loved, who) =>
    `「${title}」が${loved ? '大好き' : '好き'}な${who === 'you' ? 'あなた' : 'この人'}に`,
  same: (genres) => `同じく${genres.join('・')}`,
  view: '表示',
  grid: 'ポスター',
  rows: '詳しく',
};
