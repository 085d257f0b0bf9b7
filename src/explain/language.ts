/** The language of a text, and which of its names a title has in it. */
import type { Anime } from '../data/anime.ts';

export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

export const TITLE_NAMES = ['romaji', 'english', 'japanese'] as const;
export type TitleName = (typeof TITLE_NAMES)[number];

export interface Wording {
  readonly language: Language;
  readonly titles: TitleName;
}

export const DEFAULT_WORDING: Wording = { language: 'en', titles: 'romaji' };

/** The wording of a request, with defaults for what it leaves open. */
export function wordingOf({ language, titles }: Partial<Wording>): Wording {
  return {
    language: language ?? DEFAULT_WORDING.language,
    titles: titles ?? DEFAULT_WORDING.titles,
  };
}

export function nameOf(anime: Anime, titles: TitleName): string {
  if (titles === 'english') return anime.titleEnglish ?? anime.title;
  return titles === 'japanese' ? (anime.titleJapanese ?? anime.title) : anime.title;
}

/** All names of a title. */
export function namesOf({ title, titleEnglish, titleJapanese, synonyms }: Anime): string[] {
  const names = [title, titleEnglish, titleJapanese, ...synonyms];
  return [...new Set(names.filter((name): name is string => Boolean(name)))];
}

/** 0.344 → 34, from 1 to 100. A share is above 1 when other titles speak against the recommendation. */
export function percent(share: number): number {
  return Math.min(100, Math.max(1, Math.round(share * 100)));
}

/** 712,483 → 712,000: three significant digits. */
export function rounded(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 2);
  return Math.round(count / step) * step;
}
