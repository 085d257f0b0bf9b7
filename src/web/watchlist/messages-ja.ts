/** The watchlist in Japanese. */
import { numbers } from '../i18n/format.ts';
import type { WatchlistMessages } from './messages-en.ts';

const { number } = numbers('ja');

export const watchlistJa: WatchlistMessages = {
  heading: '見たい作品',
  theirs: (userId) => `${userId}番の人が見たい作品`,
  shared: '届いた見たい作品のリスト',
  summary: (titles, episodes) =>
    `${number(titles)}作品${episodes > 0 ? `、全${number(episodes)}話` : ''}`,
  kept: '並び順とメモは、このブラウザにだけ残ります。',
  empty: 'まだ何もありません。「見たい」を押した作品が、好きな順にここで待っています。',
  emptyTheirs: 'ここに見たい作品はありません。',
  toList: '見る作品を探す',
  titles: '見たい作品',
  handle: (title, place, count) =>
    `「${title}」を動かす：${count}作品中${place}番目。ドラッグするか、矢印キー、Home、Endで。`,
  moved: (title, place) => `「${title}」を${place}番目にしました`,
  removed: (title) => `リストから外しました：${title}`,
  undo: '元に戻す',
  note: (title) => `「${title}」のメモ`,
  notePlaceholder: 'メモを書く',
  seen: '見た',
  seenLabel: (title) => `見た：${title}`,
  remove: '外す',
  removeLabel: (title) => `外す：${title}`,
  missing: (animeId) => `作品${animeId}（このカタログにはありません）`,
  all: (count) => `${number(count)}作品すべてを表示`,
  export: '書き出す',
  exports: {
    xml: ['MyAnimeList', 'myanimelist.net/import.php で読み込めるXML'],
    csv: ['表計算', 'CSV'],
    json: ['JSON', 'プログラム用'],
  },
  share: {
    title: '見たいアニメのリスト',
    about: 'この並び順の作品へのリンク（メモは含まれません）',
    announced: 'コピーしました。リンクには作品と並び順が入っています。メモは含まれません。',
  },
  adopt: '自分のリストに加える',
  leave: '自分のリストに戻る',
  borrowed: '誰かがこのリストを送ってくれました。あなたのリストはこのブラウザに残っています。',
};
