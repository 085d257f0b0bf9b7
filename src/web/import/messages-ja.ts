/** Importing a list, in Japanese. */

import { numbers } from '../i18n/format.ts';
import type { importEn } from './messages-en.ts';

const { number, decimal } = numbers('ja');
const scores = (scored: number, mean: number) =>
  scored === 0 ? '点数はまだありません' : `うち${number(scored)}作品を採点、平均は${decimal(mean)}`;

const STATUSES: Readonly<Record<string, string>> = {
  watching: '視聴中',
  completed: '視聴済み',
  on_hold: '中断',
  dropped: '断念',
  plan_to_watch: '見たい',
};
const SCALES: Readonly<Record<string, string>> = {
  '1-100': '100点満点の点数は10点満点に直しました。',
  '1-20': '20点満点の点数は10点満点に直しました。',
  '1-5': '星の数は10点満点に直しました。',
  '1-3': '顔マークは10点満点に直しました。',
};
const SILENT =
  '相手のサイトからリストを受け取れませんでした。少し待ってもう一度試すか、ファイルで読み込んでください。';
const REFUSALS: Readonly<Record<number, string>> = {
  403: 'このリストは非公開です。一時的に公開するか、ファイルで読み込んでください。',
  404: 'その名前の人は見つかりません。つづりを確かめてください。',
  413: 'リストにしては大きすぎるファイルです。MyAnimeListで書き出したファイルを選んでください。',
  429: '混み合っています。数秒待ってもう一度試してください。',
  502: SILENT,
  504: SILENT,
};

export const importJa: typeof importEn = {
  label: 'リストを読み込む',
  lead: '手持ちのリストからも：',
  malFile: 'MyAnimeListのファイル',
  sites: { anilist: 'AniList', myanimelist: 'MyAnimeList' },
  sources: {
    'mal-xml': 'MyAnimeListの',
    myanimelist: 'MyAnimeListの',
    anilist: 'AniListの',
    csv: 'ファイルの',
  },
  nameAt: (site) => `${site}の名前`,
  yourName: (site) => `${site}での名前`,
  malformedName: '名前に使えるのは英数字と「-」「_」だけです。',
  lookUp: '探す',
  cancel: 'やめる',
  where: [
    'ファイルはMyAnimeListの',
    '書き出しページ',
    'で作れます。',
    'ここに落としても読み込めます。',
  ],
  drop: 'ここで離すと読み込みます',
  reading: 'リストを読んでいます。',
  asking: (site) => `${site}に問い合わせています。数秒かかることがあります。`,
  refused: (status, sentence) =>
    REFUSALS[status] ??
    `このファイルはリストとして読めませんでした。もう一度ダウンロードして試してください。（詳細：${sentence}）`,
  silent: 'サーバーの返事がなく、リストを読めませんでした。少し待ってもう一度試してください。',
  whose: (owner) => `${owner}さんのリスト`,
  yours: 'あなたのリスト',
  found: (count, scored, mean) => `${number(count)}作品が見つかりました。${scores(scored, mean)}。`,
  none: (unknown) =>
    unknown === 0
      ? 'このリストは空です。好きな作品をいくつか選んでみませんか。'
      : `リストの${number(unknown)}作品は、どれもこのカタログにありません。`,
  scale: (scale) => SCALES[scale] ?? '',
  status: (status, count) => `${STATUSES[status] ?? status} ${number(count)}`,
  best: 'お気に入り',
  unknown: (count) => `使わない作品が${number(count)}件あります`,
  reasons: {
    'not-in-catalogue': 'このカタログにない作品（新しい作品など）：',
    'no-id': 'MyAnimeListの番号がなく、見分けられない作品：',
    newer: 'このカタログより新しい作品：',
    'no-title': '作品名のない行：',
    'unlike-any': '似た名前の作品もありません。新しい作品か、アニメではないものかもしれません：',
    'unknown-name':
      'その名前の作品、またはその年の作品が見つかりません。つづりを確かめてみてください：',
    'ambiguous-name': '同じ名前の作品がいくつかあります。放送年の列を足すと見分けられます：',
  },
  line: (line) => `（${number(line)}行目）`,
  more: (count) => `ほか${number(count)}件`,
  nothingSeen: '見た作品がまだありません。好きな作品をいくつか選んでみてください。',
  use: 'このリストを使う',
  leave: 'やめておく',
  staysHere: 'リストはこのブラウザの中だけに残ります。',
  inUse: (source, count, scored, mean) =>
    `${source}リスト：${number(count)}作品、${scores(scored, mean)}。`,
  topOnly: (count) =>
    `このリンクに入っているのは、長いリストのうちお気に入り${number(count)}作品です。残りは元のブラウザにあります。`,
  another: '別のリストを読み込む',
  bringMine: '自分のリストを読み込む',
  putAway: 'このリストをしまう',
  link: (count) =>
    `このページのリンクには、お気に入り${number(count)}作品だけが入ります。リスト全体はこのブラウザに残ります。`,
};
