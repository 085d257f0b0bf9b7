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
    themes: [],
    franchise: null,
    kind: 'main',
    franchiseTitles: [],
    ...known,
  };
}

export const mushishi = anime({
  animeId: 457,
  title: 'Mushishi',
  titleEnglish: 'Mushi-Shi',
  titleJapanese: '蟲師',
  type: 'TV',
  episodes: 26,
  year: 2005,
  season: 'fall',
  genres: ['Adventure', 'Mystery', 'Slice of Life', 'Seinen'],
  studios: ['Artland'],
  source: 'Manga',
  meanScore: 8.69,
  members: 712_483,
});
