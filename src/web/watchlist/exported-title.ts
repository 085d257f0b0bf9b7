/** A planned title as the exports write it. */
import type { Anime } from '../title/anime.ts';

export type ExportedTitle = Pick<
  Anime,
  'animeId' | 'title' | 'titleEnglish' | 'titleJapanese' | 'type' | 'episodes' | 'year'
> & {
  /** '' when there is none */
  readonly note: string;
};
