/** What kind of title one is, in the words of the sites that lists come from. */
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

/** A name in any spelling ("TV Short"); null when it is none. */
export function typeFrom(text: string): Type | null {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return Object.hasOwn(WORDS, word) ? WORDS[word] : null;
}

/** Whether sites may call the same title by both: what is short, on the web or on a disc is told apart differently. */
export function isLikeType(type: Type, other: Type): boolean {
  const alone = (one: Type) => one === 'Movie' || one === 'Music';
  return type === other || !(alone(type) || alone(other));
}
