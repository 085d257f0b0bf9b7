/** The map in Japanese: written for it, not translated word by word. */
import type { MapMessages } from './messages-en.ts';

export const mapJa: MapMessages = {
  heading: '地図',
  label: '全作品の地図。矢印キーで移動、＋と－で拡大縮小、Enterで中央の作品を開きます。',
  drawing: '地図を広げています。',
  none: '地図はまだありません。データの準備が済んで少しすると描かれます。リストはそのまま使えます。',
  toList: 'リストに戻る',
  search: '地図で作品を探す',
  found: '見つかった作品',
  notHere: 'この地図にはない作品です。',
  colour: '色分け',
  genre: 'ジャンル',
  year: '年',
  otherGenre: 'その他',
  unknownYear: '不明',
  zoomIn: '拡大',
  zoomOut: '縮小',
  everything: '全体を表示',
  mine: 'あなたのリスト',
  recommended: 'あなたへのおすすめ',
  theirs: 'この人のリスト',
  recommendedTheirs: 'この人へのおすすめ',
  inView: '見えている作品',
  inViewNote: '今見えている範囲の作品。リストの作品が先、続いてよく知られた作品。',
  goTo: (title) => `地図で「${title}」を表示`,
};
