/** The names of a title's type at the sites that lists come from. */
import type { Anime } from '../data/anime.ts';

type Type = NonNullable<Anime['type']>;

const WORDS: Readonly<Record<string, Type>> = {
  tv: 'TV',
  tv_series: 'TV',
  tv_short: 'TV',
  series: 'TV',
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

/** A name in any spelling ("TV Short"); null for any other text. */
export function typeFrom(text: string): Type | null {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return Object.hasOwn(WORDS, word) ? WORDS[word] : null;
}

/** Whether one site may use one type for a title and another site the other: sites disagree on TV, OVA, ONA and specials. */
export function isLikeType(type: Type, other: Type): boolean {
  const alone = (one: Type) => one === 'Movie' || one === 'Music';
  return type === other || !(alone(type) || alone(other));
}
