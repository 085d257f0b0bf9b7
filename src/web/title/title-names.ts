/** Chooses which of a title's names are shown. */

import type { Script } from '../display/settings.ts';
import type { Anime } from './anime.ts';

export type Named = Pick<Anime, 'title' | 'titleEnglish' | 'titleJapanese'>;

export interface Name {
  readonly text: string;
  /** a language tag */
  readonly lang: string;
}

/** The name in this script; romaji when there is none. */
export function nameIn(anime: Named, script: Script): Name {
  if (script === 'english' && anime.titleEnglish) return { text: anime.titleEnglish, lang: 'en' };
  if (script === 'japanese' && anime.titleJapanese)
    return { text: anime.titleJapanese, lang: 'ja' };
  return { text: anime.title, lang: 'ja-Latn' };
}

/** The other names of a title, without duplicates. */
export function otherNames(anime: Named, script: Script): Name[] {
  const told = new Set([bare(nameIn(anime, script).text)]);
  const others = (['romaji', 'english', 'japanese'] as const).map((other) => nameIn(anime, other));
  return others.filter(({ text }) => !told.has(bare(text)) && told.add(bare(text)));
}

/** A second name in Latin letters: English beside romaji, else romaji. */
export function secondName(anime: Named, script: Script): Name | null {
  const others = otherNames(anime, script).filter(({ lang }) => lang !== 'ja');
  return others.find(({ lang }) => lang === 'en') ?? others[0] ?? null;
}

/** Only letters and digits, so that "Alchemist:Brotherhood" equals "Alchemist: Brotherhood". */
function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
