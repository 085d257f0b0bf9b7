/** Links to a title at other sites. */

import { useMessages } from '../display/use-display.tsx';
import type { Anime } from './anime.ts';

export function ExternalLinks({ anime }: { anime: Anime }) {
  const { sheet } = useMessages();
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

/** AniList has other ids, so the link searches for the romaji title there. */
function linksOf({ animeId, title }: Anime): [site: string, address: string][] {
  return [
    ['MyAnimeList', `https://myanimelist.net/anime/${animeId}`],
    ['AniList', `https://anilist.co/search/anime?search=${encodeURIComponent(title)}`],
  ];
}
