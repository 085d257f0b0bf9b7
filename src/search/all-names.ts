/** The names by which a title is found, and how well known it is. */
import type { Anime } from '../data/anime.ts';
import { otherNames } from './other-names.ts';
import { wordsOf } from './search-terms.ts';

export function allNames({
  animeId,
  title,
  titleEnglish,
  titleJapanese,
  synonyms,
}: Anime): string[] {
  const names = [title, titleEnglish, titleJapanese, ...synonyms, ...otherNames(animeId)];
  return [...new Set(names.filter((name): name is string => Boolean(name)))];
}

/** The words of a name with a space before each. */
export function spacedWords(name: string): string {
  return wordsOf(name)
    .map((word) => ` ${word}`)
    .join('');
}

/** From 1 for an unlisted title to about 17 for the most listed. */
export function popularity({ members }: Anime): number {
  return (1 + Math.log10(1 + members) / 2) ** 2;
}
