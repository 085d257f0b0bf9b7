/** The facts about a title, in Japanese sentences. */

import type { Title } from '../../api/client.ts';
import { genreJa } from '../../data/genres-ja.ts';
import type { Anime } from '../title/anime.ts';
import { numbers, rounded } from './format.ts';

const { number, decimal } = numbers('ja');
const tenThousands = new Intl.NumberFormat('ja', { maximumFractionDigits: 1 });

const TYPE_WORD: Readonly<Record<string, string>> = {
  TV: 'テレビシリーズ',
  Movie: '映画',
  OVA: 'OVA',
  ONA: 'ウェブアニメ',
  Special: 'スペシャル',
  Music: 'ミュージックビデオ',
};

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  Original: 'オリジナル作品',
  Manga: '原作は漫画',
  'Web manga': '原作はウェブ漫画',
  '4-koma manga': '原作は四コマ漫画',
  'Light novel': '原作はライトノベル',
  Novel: '原作は小説',
  'Visual novel': '原作はビジュアルノベル',
  Game: '原作はゲーム',
  'Card game': '原作はカードゲーム',
  Book: '原作は書籍',
  'Picture book': '原作は絵本',
};

const SEASONS: Readonly<Record<string, string>> = {
  winter: '冬',
  spring: '春',
  summer: '夏',
  fall: '秋',
};

/** 「2005年秋のテレビシリーズ、全26話。制作はArtland、原作は漫画。アドベンチャー、ミステリー。」 */
export function factsSentence(anime: Anime & Pick<Title, 'source'>): string {
  const { type, episodes, studios, source, genres } = anime;
  const what = `${whenOf(anime)}${(type && TYPE_WORD[type]) ?? '作品'}`;
  const length = episodes && episodes > 1 ? `、全${episodes}話` : '';
  const made = [
    studios.length ? `制作は${studios.join('、')}` : '',
    (source && SOURCE_WORDS[source]) ?? '',
  ].filter(Boolean);
  const sentences = [`${what}${length}`, made.join('、'), genres.map(genreJa).join('、')];
  return sentences
    .filter(Boolean)
    .map((sentence) => `${sentence}。`)
    .join('');
}

/** 「評価した人の平均は8.7、71.2万人がリストに入れています。」 */
export function crowdSentence(anime: Anime): string | null {
  const lists =
    anime.members > 0 ? `${people(rounded(anime.members))}人がリストに入れています` : null;
  if (anime.meanScore === null) return lists && `評価はまだありません。${lists}。`;
  const score = `評価した人の平均は${decimal(anime.meanScore)}`;
  return `${[score, lists].filter(Boolean).join('、')}。`;
}

/** From ten thousand on in units of 万: 177万, 71.2万. */
function people(count: number): string {
  return count < 10_000 ? number(count) : `${tenThousands.format(count / 10_000)}万`;
}

function whenOf({ season, year }: Anime): string {
  if (year === null) return '';
  return `${year}年${(season && SEASONS[season]) ?? ''}の`;
}
