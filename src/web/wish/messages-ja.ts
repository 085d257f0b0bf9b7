/** Chips of the rules that a wish can set, in Japanese. */
import type { WishChips } from './messages-en.ts';

export const wishChipsJa: WishChips = {
  episodes: (least, most) => {
    if (most === null) return `${least}話以上`;
    if (least === most) return `全${least}話`;
    return least <= 1 ? `${most}話以内` : `${least}〜${most}話`;
  },
  length: (minutes) => `1話${minutes}分以内`,
  score: (least) => `評価${least}以上`,
  airing: (airing) => (airing === 'finished' ? '完結済み' : '放送中'),
  studio: (name) => `${name}作品`,
  withoutStudio: (name) => `${name}以外`,
  age: (rating) => (rating === 'G' ? '全年齢（G）' : `${rating}まで`),
  laterParts: '見た作品の続編なし',
};
