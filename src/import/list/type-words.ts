/** The names of a title's type at the sites that lists come from, and of what is not anime. */
import type { AnimeType } from '../../data/anime.ts';
import type { LeftOut } from './imported-list.ts';

const TYPES: Readonly<Record<string, AnimeType>> = {
  tv: 'TV',
  tv_series: 'TV',
  tv_short: 'TV',
  tv_show: 'TV',
  tvshow: 'TV',
  show: 'TV',
  series: 'TV',
  serie: 'TV',
  movie: 'Movie',
  film: 'Movie',
  ova: 'OVA',
  oad: 'OVA',
  ona: 'ONA',
  web: 'ONA',
  special: 'Special',
  tv_special: 'Special',
  music: 'Music',
  music_video: 'Music',
};

const OTHERS: Readonly<Record<Exclude<LeftOut, 'deleted'>, readonly string[]>> = {
  manga: [
    ...[
      'manga',
      'manhwa',
      'manhua',
      'novel',
      'light_novel',
      'lightnovel',
      'ranobe',
      'doujin',
      'doujinshi',
    ],
    ...[
      'one_shot',
      'oneshot',
      'oel',
      'comic',
      'comics',
      'webtoon',
      'visual_novel',
      '漫画',
      '小说',
      '小説',
      'манга',
    ],
  ],
  'other-media': [
    ...[
      'game',
      'games',
      'video_game',
      'videogame',
      'book',
      'books',
      'audiobook',
      'boardgame',
      'board_game',
    ],
    ...[
      'podcast',
      'drama',
      'live_action',
      'person',
      'people',
      'character',
      'list',
      'album',
      'song',
      'track',
    ],
    ...['书籍', '游戏', '音乐', '三次元', '電影', '书', 'ゲーム', 'ドラマ', '本'],
  ],
  episode: ['episode', 'tv_episode', 'tvepisode', 'ep', 'season', 'chapter', 'tvseason'],
};

const LEFT_OUT = new Map(
  Object.entries(OTHERS).flatMap(([what, words]) =>
    words.map((word) => [word, what as LeftOut] as const),
  ),
);

function wordOf(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** A name in any spelling ("TV Short"); null for any other text. */
export function typeFrom(text: string): AnimeType | null {
  if (text === '') return null;
  const word = wordOf(text);
  return Object.hasOwn(TYPES, word) ? TYPES[word] : null;
}

/** What is not anime, or only an episode of one; null = it may be a title. */
export function otherMediumFrom(text: string): LeftOut | null {
  if (text === '') return null;
  return LEFT_OUT.get(wordOf(text)) ?? null;
}

/** Whether one site may use one type for a title and another site the other: sites disagree on TV, OVA, ONA and specials. */
export function isLikeType(type: AnimeType, other: AnimeType): boolean {
  const alone = (one: AnimeType) => one === 'Movie' || one === 'Music';
  return type === other || !(alone(type) || alone(other));
}
