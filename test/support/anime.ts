/** A title of which only what a test is about is known. */
import type { Anime } from '../../src/web/app/answers.ts';

export function anime(known: Partial<Anime>): Anime {
  return {
    animeId: 1,
    title: 'A title',
    titleEnglish: null,
    titleJapanese: null,
    type: null,
    episodes: null,
    year: null,
    season: null,
    genres: [],
    studios: [],
    members: 0,
    meanScore: null,
    synopsis: null,
    source: null,
    adult: false,
    franchiseName: null,
    ...known,
  };
}
