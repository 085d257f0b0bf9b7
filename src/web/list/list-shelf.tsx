/** One's own list, brought from elsewhere: its favourites at a glance, and what can be done with it. */
import { useState } from 'preact/hooks';
import { useWords } from '../display/use-display.tsx';
import { BringList } from '../import/bring-list.tsx';
import { type BroughtList, type ListName, scoresOf } from '../import/brought-list.ts';
import { useTitles } from '../picks/use-titles.ts';
import { PosterLink } from '../title/poster-link.tsx';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleName } from '../title/title-name.tsx';

interface Props {
  readonly name: ListName;
  /** null: it is kept in another browser, and only its favourites came with the link */
  readonly list: BroughtList | null;
  readonly actions: TitleActions;
  readonly onUse: (list: BroughtList) => void;
  readonly onLeave: () => void;
}

export function ListShelf({ name, list, actions, onUse, onLeave }: Props) {
  const { start, bring } = useWords();
  const [another, setAnother] = useState(false);
  const titleOf = useTitles(name.top.map(({ animeId }) => animeId));
  const { scored, mean } = scoresOf(list?.picks ?? []);
  return (
    <section class="start-panel brought" aria-labelledby="question">
      <h1 id="question">{start.question}</h1>
      <div class="start-lead">
        <p>
          {list
            ? bring.inUse(bring.sources[list.source] ?? '', list.picks.length, scored, mean)
            : bring.topOnly(name.top.length)}
        </p>
        {!another && (
          <button type="button" class="plain" onClick={() => setAnother(true)}>
            {list ? bring.another : bring.bringMine}
          </button>
        )}
        <button type="button" class="plain" onClick={onLeave}>
          {bring.putAway}
        </button>
        {another && <BringList onUse={onUse} />}
      </div>
      <ul class="shelf small" aria-label={bring.best}>
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
      {list && <p class="quiet bring-link">{bring.link(name.top.length)}</p>}
    </section>
  );
}
