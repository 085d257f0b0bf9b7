/** The real poster of a title, which fades in over the drawn one once the server has it. */
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { HEIGHT, WIDTH } from '../../poster/drawn/paths.ts';
import { useDisplay } from '../display/use-display.tsx';
import type { Anime } from '../title/anime.ts';
import { api } from '../ui/api.ts';
import { hasArrived, watchPoster } from './poster-arrivals.ts';

/** Whether the visitor has enabled adult titles; otherwise their real posters are hidden. */
export const AdultPosters = createContext(false);

/** Posters already shown in this visit, which do not fade in again. */
const shown = new Set<number>();

export function PosterPicture({ anime }: { anime: Anime }) {
  const { animeId, adult } = anime;
  const { nameOf } = useDisplay();
  const place = useRef<HTMLSpanElement>(null);
  const [ready, setReady] = useState(() => hasArrived(animeId));
  const [here, setHere] = useState(() => shown.has(animeId));
  const [broken, setBroken] = useState(false);
  const allowed = useContext(AdultPosters) || !adult;

  useEffect(() => {
    if (!allowed || ready || !place.current) return;
    return watchPoster(place.current, animeId, () => setReady(true));
  }, [allowed, ready, animeId]);

  if (!allowed || broken) return null;
  return (
    <span ref={place} class="poster-picture">
      {ready && (
        <img
          src={api().posterUrl(animeId).pathname}
          alt={nameOf(anime)}
          width={WIDTH}
          height={HEIGHT}
          loading="lazy"
          decoding="async"
          class={here ? 'here' : ''}
          onLoad={() => {
            shown.add(animeId);
            setHere(true);
          }}
          onError={() => setBroken(true)}
        />
      )}
    </span>
  );
}
