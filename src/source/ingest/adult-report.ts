/** By which signs a catalogue tells which titles are for adults. */
import type { Anime } from '../../data/anime.ts';
import type { AdultReport } from './ingest-report.ts';

type Signs = Pick<Anime, 'adult' | 'ratingClass' | 'genres' | 'tags'>;

export function adultReport(titles: Iterable<Signs>): AdultReport {
  let count = 0;
  let by: AdultReport['by'] = 'none';
  for (const { adult, ratingClass, genres, tags = [] } of titles) {
    if (adult) count++;
    if (ratingClass !== null) by = 'class';
    else if (by === 'none' && genres.length + tags.length > 0) by = 'genres';
  }
  return { titles: count, by };
}
