/** Titles to pick favourites from: well known, and unlike each other in genre, decade and franchise. */
import type { Anime, Catalogue } from '../data/anime.ts';

/** Starters are drawn from this many of the most listed titles that qualify. */
const POOL = 400;
/** How much a title loses when all starters so far have its genre or decade, in powers of ten of members. */
const SAME_GENRE = 0.35;
const SAME_DECADE = 0.25;

/**
 * First titles of their franchise (TV or film, neither adult nor ecchi), one a franchise. Each next one is the best known
 * after a discount for starters taken before that share its genres or its decade.
 */
export function startersOf(catalogue: Catalogue, limit: number): Anime[] {
  const left = firstTitles(catalogue).slice(0, POOL);
  const genres = new Map<string, number>();
  const decades = new Map<number, number>();
  const taken: Anime[] = [];
  const appeal = (anime: Anime) => {
    const mean =
      anime.genres.reduce((sum, genre) => sum + (genres.get(genre) ?? 0), 0) /
      Math.max(1, anime.genres.length);
    return (
      Math.log10(1 + anime.members) -
      SAME_GENRE * mean -
      SAME_DECADE * (decades.get(decadeOf(anime)) ?? 0)
    );
  };
  while (taken.length < limit && left.length > 0) {
    let best = 0;
    for (let at = 1; at < left.length; at++) if (appeal(left[at]) > appeal(left[best])) best = at;
    const [anime] = left.splice(best, 1);
    taken.push(anime);
    for (const genre of anime.genres) genres.set(genre, (genres.get(genre) ?? 0) + 1);
    decades.set(decadeOf(anime), (decades.get(decadeOf(anime)) ?? 0) + 1);
  }
  return taken;
}

function firstTitles(catalogue: Catalogue): Anime[] {
  const shown = new Set<number>();
  return [...catalogue]
    .sort((a, b) => b.members - a.members || a.animeId - b.animeId)
    .filter(({ adult, type, genres, franchise }) => {
      if (adult || genres.includes('Ecchi') || (type !== 'TV' && type !== 'Movie')) return false;
      if (franchise === null) return true;
      if (franchise.prerequisite !== null || shown.has(franchise.franchiseId)) return false;
      shown.add(franchise.franchiseId);
      return true;
    });
}

function decadeOf({ year }: Anime): number {
  return Math.floor((year ?? 0) / 10);
}
