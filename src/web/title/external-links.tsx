/** Where else a title can be read about. */
import type { Anime } from '../app/answers.ts';
import { useWords } from '../display/use-display.tsx';

export function Elsewhere({ anime }: { anime: Anime }) {
  const { sheet } = useWords();
  return (
    <p class="elsewhere quiet">
      {sheet.elsewhere}
      {placesOf(anime).map(([site, address]) => (
        <a key={site} href={address} target="_blank" rel="noopener noreferrer">
          {site}
        </a>
      ))}
    </p>
  );
}

/** AniList numbers titles in its own way: there it is looked for by the name it goes by in romaji. */
function placesOf({ animeId, title }: Anime): [site: string, address: string][] {
  return [
    ['MyAnimeList', `https://myanimelist.net/anime/${animeId}`],
    ['AniList', `https://anilist.co/search/anime?search=${encodeURIComponent(title)}`],
  ];
}
