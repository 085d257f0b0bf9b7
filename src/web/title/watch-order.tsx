/** The titles of a franchise in the order to watch them, as a row of small posters; what stands beside the story is folded. */
import { useEffect, useRef } from 'preact/hooks';
import type { StoryPart } from '../../api/client.ts';
import { useMessages } from '../display/use-display.tsx';
import { PosterLink } from './poster-link.tsx';
import type { TitleActions } from './title-actions.ts';
import { TitleName } from './title-name.tsx';
import { useTitleMessages } from './use-title-messages.ts';

interface Props {
  readonly titles: readonly StoryPart[];
  readonly here: number;
  readonly actions: TitleActions;
}

export function WatchOrder({ titles, here, actions }: Props) {
  const { sheet } = useMessages();
  const { extras: extrasOf } = useTitleMessages();
  const story = titles.filter(({ kind }) => kind === 'main');
  const extras = titles.filter(({ kind }) => kind !== 'main');
  return (
    <section>
      <h3>{sheet.order}</h3>
      {story.length > 0 && <PosterLine titles={story} here={here} actions={actions} />}
      {extras.length > 0 && (
        <details class="extras" open={extras.some(({ animeId }) => animeId === here)}>
          <summary>{extrasOf(extras.length)}</summary>
          <PosterLine titles={extras} here={here} actions={actions} />
        </details>
      )}
    </section>
  );
}

function PosterLine({ titles, here, actions }: Props) {
  const { sheet } = useMessages();
  const { kinds } = useTitleMessages();
  const line = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const current = line.current?.querySelector<HTMLElement>('[aria-current]');
    // Scroll only the row, not the sheet around it.
    if (line.current && current) line.current.scrollLeft = current.offsetLeft - 40;
  }, []);
  return (
    <ol ref={line} class="shelf small">
      {titles.map((anime) => (
        <li key={anime.animeId} aria-current={anime.animeId === here ? 'true' : undefined}>
          <PosterLink anime={anime} actions={actions}>
            {anime.animeId === here ? (
              sheet.here
            ) : (
              <>
                {anime.year} {kinds[anime.kind] && `${kinds[anime.kind]} · `}
                <TitleName anime={anime} />
              </>
            )}
          </PosterLink>
        </li>
      ))}
    </ol>
  );
}
