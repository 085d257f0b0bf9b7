/** Writes planned titles as JSON, with the field names of MyAnimeList's own lists. */
import type { ExportedTitle } from './exported-title.ts';

export function watchlistJson(titles: readonly ExportedTitle[]): string {
  const entries = titles.map((title) => ({
    anime_id: title.animeId,
    anime_title: title.title,
    title_english: title.titleEnglish,
    title_japanese: title.titleJapanese,
    type: title.type,
    episodes: title.episodes,
    year: title.year,
    status: 'plan_to_watch',
    score: 0,
    num_watched_episodes: 0,
    note: title.note,
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
