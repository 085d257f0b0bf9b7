/** The visitor's imported list: its favourites, and buttons to replace or remove it. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useMessages } from '../display/use-display.tsx';
import { ImportPanel } from '../import/import-panel.tsx';
import { type ImportedList, type ListName, scoresOf } from '../import/imported-list.ts';
import { useTitles } from '../picks/use-titles.ts';
import { PosterLink } from '../title/poster-link.tsx';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleName } from '../title/title-name.tsx';

interface Props {
  readonly name: ListName;
  /** null: the list is in another browser, and the link carries only its favourites */
  readonly list: ImportedList | null;
  readonly actions: TitleActions;
  readonly onUse: (list: ImportedList) => void;
  readonly onLeave: () => void;
  /** the field for a wish */
  readonly children: ComponentChildren;
}

export function ListShelf({ name, list, actions, onUse, onLeave, children }: Props) {
  const { start, imports } = useMessages();
  const [another, setAnother] = useState(false);
  const titleOf = useTitles(name.top.map(({ animeId }) => animeId));
  const { scored, mean } = scoresOf(list?.picks ?? []);
  return (
    <section class="start-panel imported" aria-labelledby="question">
      <h1 id="question">{start.question}</h1>
      {children}
      <div class="start-lead">
        <p>
          {list
            ? imports.inUse(imports.sources[list.source] ?? '', list.picks.length, scored, mean)
            : imports.topOnly(name.top.length)}
        </p>
        {!another && (
          <button type="button" class="plain" onClick={() => setAnother(true)}>
            {list ? imports.another : imports.bringMine}
          </button>
        )}
        <button type="button" class="plain" onClick={onLeave}>
          {imports.putAway}
        </button>
        {another && <ImportPanel onUse={onUse} />}
      </div>
      <ul class="shelf small" aria-label={imports.best}>
        {name.top.map(({ animeId, verdict }) => {
          const anime = titleOf(animeId);
          if (anime === 'unknown') return null;
          if (anime === null) return <li key={animeId} class="skeleton-poster" />;
          return (
            <li key={animeId}>
              <PosterLink anime={anime} actions={actions}>
                {typeof verdict === 'number' && <b class="score">{verdict}</b>}{' '}
                <TitleName anime={anime} />
              </PosterLink>
            </li>
          );
        })}
      </ul>
      {list && <p class="quiet import-link">{imports.link(name.top.length)}</p>}
    </section>
  );
}
