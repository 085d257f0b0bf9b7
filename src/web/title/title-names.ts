/** Which of a title's names is shown. */

import type { Script } from '../display/settings.ts';
import type { Anime } from './anime.ts';

export type Named = Pick<Anime, 'title' | 'titleEnglish' | 'titleJapanese'>;

export interface Name {
  readonly text: string;
  /** a language tag */
  readonly lang: string;
}

/** In the wanted script; in romaji where there is no such name. */
export function nameIn(anime: Named, script: Script): Name {
  if (script === 'english' && anime.titleEnglish) return { text: anime.titleEnglish, lang: 'en' };
  if (script === 'japanese' && anime.titleJapanese)
    return { text: anime.titleJapanese, lang: 'ja' };
  return { text: anime.title, lang: 'ja-Latn' };
}

/** The other names of a title, each once. */
export function otherNames(anime: Named, script: Script): Name[] {
  const told = new Set([bare(nameIn(anime, script).text)]);
  const others = (['romaji', 'english', 'japanese'] as const).map((other) => nameIn(anime, other));
  return others.filter(({ text }) => !told.has(bare(text)) && told.add(bare(text)));
}

/** The one that tells most beside the main one, in Latin letters: English beside romaji, else romaji. */
export function secondName(anime: Named, script: Script): Name | null {
  const others = otherNames(anime, script).filter(({ lang }) => lang !== 'ja');
  return others.find(({ lang }) => lang === 'en') ?? others[0] ?? null;
}

/** Letters and digits alone: "Alchemist:Brotherhood" is "Alchemist: Brotherhood". */
function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
