/** The titles of a franchise in the order to watch them, as a row of small posters. */
import { useEffect, useRef } from 'preact/hooks';
import { useMessages } from '../display/use-display.tsx';
import type { Anime } from './anime.ts';
import { PosterLink } from './poster-link.tsx';
import type { TitleActions } from './title-actions.ts';
import { TitleName } from './title-name.tsx';

interface Props {
  readonly titles: readonly Anime[];
  readonly here: number;
  readonly actions: TitleActions;
}

export function WatchOrder({ titles, here, actions }: Props) {
  const { sheet } = useMessages();
  const line = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const current = line.current?.querySelector<HTMLElement>('[aria-current]');
    // Scroll only the row, not the sheet around it.
    if (line.current && current) line.current.scrollLeft = current.offsetLeft - 40;
  }, []);
  return (
    <section>
      <h3>{sheet.order}</h3>
      <ol ref={line} class="shelf small">
        {titles.map((anime) => (
          <li key={anime.animeId} aria-current={anime.animeId === here ? 'true' : undefined}>
            <PosterLink anime={anime} actions={actions}>
              {anime.animeId === here ? (
                sheet.here
              ) : (
                <>
                  {anime.year} <TitleName anime={anime} />
                </>
              )}
            </PosterLink>
          </li>
        ))}
      </ol>
    </section>
  );
}
