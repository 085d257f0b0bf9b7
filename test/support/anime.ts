/** A title of which only what a test is about is known. */
import type { Title } from '../../src/api/client.ts';

export function anime(known: Partial<Title>): Title {
  return {
    animeId: 1,
    title: 'A title',
    titleEnglish: null,
    titleJapanese: null,
    synonyms: [],
    type: null,
    episodes: null,
    year: null,
    season: null,
    airedFrom: null,
    airedTo: null,
    duration: null,
    source: null,
    ratingClass: null,
    adult: false,
    genres: [],
    studios: [],
    members: 0,
    meanScore: null,
    synopsis: null,
    franchise: null,
    franchiseTitles: [],
    ...known,
  };
}
