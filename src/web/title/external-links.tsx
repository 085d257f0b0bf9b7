/** Where else a title can be read about. */

import { useWords } from '../display/use-display.tsx';
import type { Anime } from './anime.ts';

export function ExternalLinks({ anime }: { anime: Anime }) {
  const { sheet } = useWords();
  return (
    <p class="external-links quiet">
      {sheet.externalLinks}
      {linksOf(anime).map(([site, address]) => (
        <a key={site} href={address} target="_blank" rel="noopener noreferrer">
          {site}
        </a>
      ))}
    </p>
  );
}

/** AniList numbers titles in its own way: there it is looked for by the name it goes by in romaji. */
function linksOf({ animeId, title }: Anime): [site: string, address: string][] {
  return [
    ['MyAnimeList', `https://myanimelist.net/anime/${animeId}`],
    ['AniList', `https://anilist.co/search/anime?search=${encodeURIComponent(title)}`],
  ];
}
