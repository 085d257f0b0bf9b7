/** Writes one sentence that says how a wish was understood. */
import type { AnimeType } from '../data/anime.ts';
import { genreJa } from '../data/genres-ja.ts';
import { genreWord } from '../explain/genre-words.ts';
import { type Language, nameOf, type TitleName, type Wording } from '../explain/language.ts';
import { and } from '../explain/template-en.ts';
import { isEmpty, type Wish } from './wish.ts';

const TYPES_EN: Readonly<Record<AnimeType, string>> = {
  TV: 'TV series',
  Movie: 'films',
  OVA: 'OVAs',
  ONA: 'web series',
  Special: 'specials',
  Music: 'music videos',
};
const TYPES_JA: Readonly<Record<AnimeType, string>> = {
  TV: 'TVシリーズ',
  Movie: '映画',
  OVA: 'OVA',
  ONA: 'ウェブアニメ',
  Special: 'スペシャル',
  Music: 'ミュージックビデオ',
};

/** Every language needs an entry: one that is missing does not compile. */
const REPLIES: Readonly<Record<Language, typeof replyEn>> = { en: replyEn, ja: replyJa };

/** @param found titles in the list; when there are none, the text suggests what to change */
export function replyText(wish: Wish, { language, titles }: Wording, found: number): string {
  return REPLIES[language](wish, found, titles);
}

function replyEn(wish: Wish, found: number, titles: TitleName): string {
  if (isEmpty(wish))
    return 'I found neither a title nor a rule in that. Try “like Mushishi but funnier”, or “films from the 90s, no horror”.';
  const { seeds, genresIn, genresOut, types, from, to, niche, variety, familiar } = wish;
  const parts = [
    seeds.length > 0 ? `like ${and(seeds.map((seed) => nameOf(seed, titles)))}` : '',
    genresIn.length > 0 ? `with ${and(genresIn.map(genreWord))}` : '',
    genresOut.length > 0 ? `without ${or(genresOut.map(genreWord))}` : '',
    yearsEn(from, to),
    niche > 0 ? 'rather little known' : niche < 0 ? 'rather well known' : '',
    variety > 0 ? 'of many kinds' : '',
    familiar ? '' : 'including the classics',
  ].filter(Boolean);
  const what = types.length > 0 ? and(types.map((type) => TYPES_EN[type])) : 'something';
  const sentence = `Looking for ${[`${what} ${parts[0] ?? ''}`.trim(), ...parts.slice(1)].join(', ')}.`;
  return found > 0 ? sentence : `${sentence} Nothing is left with all of that. Drop one of them?`;
}

function yearsEn(from: number | null, to: number | null): string {
  if (from !== null && to !== null) return from === to ? `from ${from}` : `from ${from} to ${to}`;
  if (from !== null) return `from ${from} on`;
  return to === null ? '' : `up to ${to}`;
}

function or(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

function replyJa(wish: Wish, found: number, titles: TitleName): string {
  if (isEmpty(wish))
    return '作品名も条件も読み取れませんでした。「蟲師みたいで笑える作品」「90年代の映画、ホラーなし」のように書いてみてください。';
  const { seeds, genresIn, genresOut, types, from, to, niche, variety, familiar } = wish;
  const parts = [
    seeds.length > 0
      ? `${seeds.map((seed) => `『${nameOf(seed, titles)}』`).join('')}に近い作品`
      : '',
    genresIn.length > 0 ? `${genresIn.map(genreJa).join('・')}あり` : '',
    genresOut.length > 0 ? `${genresOut.map(genreJa).join('・')}なし` : '',
    types.length > 0 ? `${types.map((type) => TYPES_JA[type]).join('・')}のみ` : '',
    yearsJa(from, to),
    niche > 0 ? '知る人ぞ知るもの寄り' : niche < 0 ? '有名なもの寄り' : '',
    variety > 0 ? 'いろいろな種類から' : '',
    familiar ? '' : '定番もあり',
  ].filter(Boolean);
  const sentence = `${parts.join('、')}、で探しました。`;
  return found > 0
    ? sentence
    : `${sentence}すべてに合う作品は残っていません。条件をひとつ外してみませんか。`;
}

function yearsJa(from: number | null, to: number | null): string {
  if (from !== null && to !== null) return from === to ? `${from}年` : `${from}年から${to}年まで`;
  if (from !== null) return `${from}年以降`;
  return to === null ? '' : `${to}年まで`;
}
