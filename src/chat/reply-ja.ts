/** How a wish was understood, in Japanese. */
import type { AnimeType } from '../data/anime.ts';
import { genreJa } from '../data/genres-ja.ts';
import { THEMES } from '../data/themes/theme-names.ts';
import { nameOf, type TitleName } from '../explain/language.ts';
import { MOST_EPISODES } from './amounts.ts';
import { isEmpty, type Wish } from './wish.ts';

const TYPES: Readonly<Record<AnimeType, string>> = {
  TV: 'TVシリーズ',
  Movie: '映画',
  OVA: 'OVA',
  ONA: 'ウェブアニメ',
  Special: 'スペシャル',
  Music: 'ミュージックビデオ',
};
const themeNames = new Map(THEMES.map(({ id, ja }) => [id, ja]));

export function replyJa(wish: Wish, found: number, titles: TitleName): string {
  return [...notesJa(wish), understoodJa(wish, found, titles)].join('');
}

function understoodJa(wish: Wish, found: number, titles: TitleName): string {
  const { conflict, unread, unknownTitles, works } = wish.notes;
  if (conflict !== null) return '';
  if (isEmpty(wish)) {
    const isNamed = unread.length + unknownTitles.length + works.length > 0;
    const nothing = isNamed ? '' : '作品名も条件も読み取れませんでした。';
    return `${nothing}「蟲師みたいで笑える作品」「90年代の映画、ホラーなし」のように書いてみてください。`;
  }
  const sentence = `${partsJa(wish, titles).filter(Boolean).join('、')}、で探しました。`;
  return found > 0
    ? sentence
    : `${sentence}すべてに合う作品は残っていません。条件をひとつ外してみませんか。`;
}

function partsJa(wish: Wish, titles: TitleName): string[] {
  const { seeds, unwanted, types, studiosIn, studiosOut } = wish;
  const theme = (id: string) => themeNames.get(id) ?? id;
  const wanted = [...wish.genresIn.map(genreJa), ...wish.themesIn.map(theme)];
  const out = [...new Set([...wish.genresOut.map(genreJa), ...wish.themesOut.map(theme)])];
  const names = (list: Wish['seeds']) =>
    list.map((anime) => `『${nameOf(anime, titles)}』`).join('');
  return [
    seeds.length > 0 ? `${names(seeds)}に近い作品` : '',
    unwanted.length > 0 ? `${names(unwanted)}以外` : '',
    wanted.length > 0 ? `${wanted.join('・')}あり` : '',
    out.length > 0 ? `${out.join('・')}なし` : '',
    types.length > 0 ? `${types.map((type) => TYPES[type]).join('・')}のみ` : '',
    studiosIn.length > 0 ? `${studiosIn.join('・')}の作品` : '',
    studiosOut.length > 0 ? `${studiosOut.join('・')}以外の制作` : '',
    ...limitsJa(wish),
  ];
}

function limitsJa(wish: Wish): string[] {
  const { from, to, episodes, maxDuration, minScore, airing, niche, variety } = wish;
  return [
    yearsJa(from, to),
    episodes === null ? '' : episodesJa(episodes),
    maxDuration === null ? '' : `1話${maxDuration}分以内`,
    minScore > 0 ? `評価${minScore}以上` : '',
    airing === 'finished' ? '完結済み' : airing === 'airing' ? '放送中' : '',
    ratingJa(wish),
    wish.sequels ? '' : '見た作品の続編なし',
    niche > 0 ? '知る人ぞ知るもの寄り' : niche < 0 ? '有名なもの寄り' : '',
    variety > 0 ? 'いろいろな種類から' : '',
    wish.familiar ? '' : '定番もあり',
  ];
}

function ratingJa({ ageRating, notes: { age } }: Wish): string {
  if (ageRating === null) return '';
  const who = age === null ? '' : `${age}歳でも見られる`;
  return `${who}レーティング${ageRating}${ageRating === 'G' ? '（全年齢）' : 'まで'}`;
}

function yearsJa(from: number | null, to: number | null): string {
  if (from !== null && to !== null) return from === to ? `${from}年` : `${from}年から${to}年まで`;
  if (from !== null) return `${from}年以降`;
  return to === null ? '' : `${to}年まで`;
}

function episodesJa([from, to]: readonly [number, number]): string {
  if (from === to) return `全${from}話`;
  if (to >= MOST_EPISODES) return `${from}話以上`;
  return from <= 1 ? `${to}話以内` : `${from}〜${to}話`;
}

/** What could not be done, each in a sentence. */
function notesJa({ notes }: Wish): string[] {
  const { works, unknownTitles, directors, unread, conflict } = notes;
  const quoted = (parts: readonly string[]) => parts.map((part) => `「${part}」`).join('');
  return [
    conflict === null ? '' : `条件が矛盾しています（${conflict}）。どちらをご希望ですか。`,
    works.length > 0 ? `${quoted(works)}はアニメではないので、その特徴から探します。` : '',
    unknownTitles.length > 0 ? `${quoted(unknownTitles)}という作品は見つかりません。` : '',
    directors.length > 0
      ? `監督のデータがないため、${directors.join('・')}監督の作品から探します。`
      : '',
    unread.length > 0 ? `${quoted(unread)}は読み取れませんでした。` : '',
  ];
}
