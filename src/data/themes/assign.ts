/** Gives the titles of a catalogue their themes. */
import type { Anime } from '../anime.ts';
import { themesOf } from './classify.ts';
import { LASTING } from './lasting.ts';
import { THEMES } from './theme-names.ts';

/** animeId → tags in small letters */
export type Tags = ReadonlyMap<number, readonly string[]>;

/**
 * A later part of a story has the lasting themes of what has to be seen first, too.
 * @param titles with their franchises; their order is kept
 */
export function assignThemes(titles: readonly Anime[], tags: Tags = new Map()): Anime[] {
  const own = new Map(
    titles.map((title) => [title.animeId, new Set(themesOf(title, tags.get(title.animeId)))]),
  );
  const byId = new Map(titles.map((title) => [title.animeId, title]));
  return titles.map((title) => {
    const themes = new Set(own.get(title.animeId));
    for (
      let before = title.franchise?.prerequisite ?? null;
      before !== null;
      before = byId.get(before)?.franchise?.prerequisite ?? null
    )
      for (const theme of own.get(before) ?? []) if (LASTING.has(theme)) themes.add(theme);
    return { ...title, themes: THEMES.flatMap(({ id }) => (themes.has(id) ? [id] : [])) };
  });
}
