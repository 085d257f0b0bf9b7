/** The taste of a user of the data set, in Japanese: the same portrait in the third person. */
import { numbers } from '../i18n/format.ts';
import type { TasteMessages } from './messages-en.ts';
import { genreNames, tasteJa } from './messages-ja.ts';

const { number, decimal, percent } = numbers('ja');

export const tasteTheyJa: TasteMessages = {
  ...tasteJa,
  few: '好みを描くには、見た作品が3つ必要です。この人のリストには足りません。',
  toList: 'この人のリストに戻る',
  drawing: 'この人の好みを描いています。',
  portrait: {
    ...tasteJa.portrait,
    favours: (genres) => `${genreNames(genres)}に惹かれる人です。`,
    avoids: (genres) => `${genreNames(genres)}はあまり見ないようです。`,
    even: '目立った偏りはありません。みんなと同じように見ています。',
    surprise: (title, rating, predicted) =>
      `意外なのは「${title}」の${rating}点。この人のほかの採点からは${decimal(predicted)}点と読めます。`,
  },
  leaning: (name, mine, everyone) => `${name}：この人${percent(mine)}、みんな${percent(everyone)}`,
  you: 'この人',
  scored: (score, mine, everyone) =>
    `${score}点：この人${percent(mine)}、みんな${percent(everyone)}`,
  unscored: 'この人はまだ何も採点していません。',
  surprisesNote: 'この人の点と、ほかの採点から読める点。',
  noSurprise: '意外な採点はありません。',
  kindred: 'この人と好みの近い人が好きな作品',
  similarUsersNote: (people, shared) =>
    `好みのいちばん近い${number(people)}人が大好きで、この人がまだ見ていない作品。その${number(people)}人の半分とは、${number(shared)}作品以上が重なります。個人は特定されません。`,
  noSimilarUsers: '同じ作品を見た人が少なすぎます。',
};
