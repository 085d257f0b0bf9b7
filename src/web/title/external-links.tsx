/** Links to a title at other sites, and a search for its trailer: the data have neither trailers nor where to stream it. */
import type { Anime } from './anime.ts';
import { useTitleMessages } from './use-title-messages.ts';

export function ExternalLinks({ anime }: { anime: Anime }) {
  const say = useTitleMessages();
  return (
    <p class="external-links quiet">
      {say.links}
      {linksOf(anime).map(([site, address]) => (
        <a key={site} href={address} target="_blank" rel="noopener noreferrer">
          {site}
        </a>
      ))}
      <a href={trailerSearch(anime)} target="_blank" rel="noopener noreferrer">
        {`${say.trailer} (${say.trailerAt})`}
      </a>
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

function trailerSearch({ title, year }: Anime): string {
  const query = [title, 'anime trailer', year ?? ''].join(' ').trim();
  return `https://www.youtube.com/results?search_query=${encodeURIComponent(query)}`;
}
