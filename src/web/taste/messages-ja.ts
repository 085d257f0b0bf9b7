/** My taste in Japanese: written for it, not translated word by word. */

import { GENRES_JA } from '../../data/genres-ja.ts';
import { lists, numbers } from '../i18n/format.ts';
import type { TasteMessages } from './messages-en.ts';

const { number, decimal, percent, percentWith } = numbers('ja');
const { and } = lists('ja', 'conjunction');
export const genreNames = (genres: readonly string[]) =>
  and(genres.map((name) => GENRES_JA[name] ?? name));

export const tasteJa: TasteMessages = {
  heading: '私の好み',
  theirs: (userId) => `${userId}番の人の好み`,
  few: '見た作品が3つあれば、好みを描けます。好きな作品をいくつか、合わなかった作品もひとつ教えてください。',
  toList: '作品を選ぶ',
  drawing: '好みを描いています。',
  pause: '',
  portrait: {
    favours: (genres) => `${genreNames(genres)}に惹かれるタイプです。`,
    share: (name, mine, everyone) =>
      `見て気に入った作品のうち${name}は${percent(mine)}。みんなは${percent(everyone)}です。`,
    avoids: (genres) => `${genreNames(genres)}はあまり見ません。`,
    even: 'まだ目立った偏りはありません。みんなと同じように見ています。',
    decade: (decade) => `${decade}年代の作品が多めです。`,
    higher: (points) =>
      `採点はやさしめ。同じ作品で、みんなより${decimal(points)}点高くつけています。`,
    lower: (points) => `採点は辛口。同じ作品で、みんなより${decimal(points)}点低くつけています。`,
    same: '採点はみんなとほぼ同じです。',
    steers: (title) => `リストにいちばん影響しているのは「${title}」です。`,
    surprise: (title, rating, predicted) =>
      `意外なのは「${title}」の${rating}点。ほかの採点からは${decimal(predicted)}点と読めます。`,
  },
  genres: 'ジャンル（みんなと比べて）',
  less: 'みんなより少ない',
  more: 'みんなより多い',
  leaning: (name, mine, everyone) => `${name}：あなた${percent(mine)}、みんな${percent(everyone)}`,
  decades: '年代',
  decade: (year) => `${year}年代`,
  scale: '点のつけ方',
  you: 'あなた',
  everyone: 'みんな',
  scored: (score, mine, everyone) =>
    `${score}点：あなた${percent(mine)}、みんな${percent(everyone)}`,
  unscored: 'いくつか採点すると、みんなの点のつけ方と並べて見られます。',
  share: percentWith,
  steering: 'リストへの影響が大きい作品',
  influenceNote: 'おすすめの順番に、それぞれの作品がどれだけ影響しているか。',
  brings: (title) => `「${title}」がおすすめに入る理由`,
  surprises: '意外な採点',
  surprisesNote: 'あなたの点と、ほかの採点から読める点。',
  above: '思ったより高い',
  below: '思ったより低い',
  guess: (predicted) => `予想は${decimal(predicted)}点`,
  noSurprise: '意外な採点はまだありません。',
  kindred: '好みの近い人が好きな作品',
  similarUsersNote: (people, shared) =>
    `好みのいちばん近い${number(people)}人が大好きで、あなたがまだ見ていない作品。その${number(people)}人の半分とは、${number(shared)}作品以上が重なります。個人は特定されません。`,
  lovers: (lovers, people) => `${number(people)}人中${number(lovers)}人`,
  noSimilarUsers: '同じ作品を見た人がまだ少なすぎます。もう少し有名な作品を加えると見つかります。',
};
