/** The sheet of a title in Japanese. */
import { numbers } from '../i18n/format.ts';
import type { Group, TitleMessages } from './messages-en.ts';

const { decimal } = numbers('ja');

const FOR: Readonly<Record<Group, string>> = {
  story: '好きな物語の続き',
  people: '似たリストの人たちに好評',
  kind: '種類とジャンルが好みに近い',
  years: 'よく観ている年代の作品',
  known: '広く知られた作品',
};
const AGAINST: Readonly<Record<Group, string>> = {
  story: '同じ物語に、中断した作品か低い点の作品がある',
  people: '似たリストの人たちは、ほかの作品のほうが好き',
  kind: 'あまり観ていない種類やジャンル',
  years: 'あまり観ていない年代の作品',
  known: 'あまり知られていない作品',
};

export const titleJa: TitleMessages = {
  opinion: {
    heading: (who) => (who === 'you' ? '気に入りそう？' : 'この人は気に入りそう？'),
    thinking: 'リストを見ています。',
    nothing: 'いくつかの作品に点数をつけると、気に入りそうかどうかがわかります。',
    of: '／10',
    scale: (score, low, high) =>
      `10点中${decimal(score)}点、おそらく${decimal(low)}点から${decimal(high)}点`,
    expected: (_, low, high) =>
      `おそらく${decimal(low)}点から${decimal(high)}点のあいだ。5回に4回はこの範囲に入ります。`,
    unscored: (low, high) =>
      `まだ点数がないので、みんなの点数からの予想です。5人に4人は${decimal(low)}点から${decimal(high)}点をつけます。`,
    given: (_, score) => `この作品には${score}点がついています。これはほかの点数からの予想です。`,
    for: '合いそうな点',
    against: '合わないかもしれない点',
    noneFor: '特にありません。',
    noneAgainst: '特に見当たりません。',
    score: (_, score) => ['「', `」に${score}点`],
    counts: ['「', '」が好きな人には、あまり好まれない'],
    everyone: (mean) => `みんなの平均は${decimal(mean)}点`,
    higher: () => '多くの人より高めに点をつける',
    lower: () => '多くの人より低めに点をつける',
    points: (points) => `${points > 0 ? '＋' : '−'}${decimal(Math.abs(points))}`,
    forGroup: (group) => FOR[group],
    againstGroup: (group) => AGAINST[group],
  },
  studios: (names) => `制作：${names.join('、')}`,
  themes: 'テーマ',
  trailer: '予告編を探す',
  trailerAt: 'YouTube',
  links: 'くわしく見る',
  extras: (count) => `総集編・番外編など${count}作品`,
  kinds: {
    main: '',
    recap: '総集編',
    'picture-drama': 'ピクチャードラマ',
    promo: '宣伝映像',
    music: 'ミュージックビデオ',
    crossover: 'クロスオーバー',
    extra: '番外編',
  },
};
