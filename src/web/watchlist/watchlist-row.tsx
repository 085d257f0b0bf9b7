/** A planned title: its place, which is the handle that moves it, poster, facts, a note and what can be done. */
import { useDisplay } from '../display/use-display.tsx';
import type { KnownTitle } from '../picks/use-titles.ts';
import { Poster } from '../poster/poster.tsx';
import type { Anime } from '../title/anime.ts';
import { factsLine } from '../title/facts.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleLink } from '../title/title-link.tsx';
import { TitleName } from '../title/title-name.tsx';
import { secondName } from '../title/title-names.ts';
import { MAX_NOTE } from './kept-watchlist.ts';
import type { WatchlistMessages } from './messages-en.ts';
import type { HandleProps } from './use-reorder.ts';

/** What the person can do with a title of their own list. */
export interface RowControls {
  readonly note: string;
  readonly onNote: (note: string) => void;
  readonly onSeen: (anime: Anime) => void;
  readonly onRemove: () => void;
  /** to another place */
  readonly onMove: (to: number) => void;
  readonly handleProps: HandleProps;
}

interface Props {
  readonly animeId: number;
  readonly known: KnownTitle;
  readonly place: number;
  readonly count: number;
  /** pixels that the row is shifted while one is dragged */
  readonly shift: number;
  readonly isHeld: boolean;
  readonly labels: WatchlistMessages;
  readonly actions: TitleActions;
  /** null = somebody else's list */
  readonly controls: RowControls | null;
}

export function WatchlistRow(props: Props) {
  const { animeId, known, place, count, shift, isHeld, labels, actions, controls } = props;
  const { nameOf } = useDisplay();
  const anime = known === 'unknown' ? null : known;
  const name = anime ? nameOf(anime) : known === null ? '…' : labels.missing(animeId);
  return (
    <li
      class={isHeld ? 'planned held' : 'planned'}
      data-id={animeId}
      style={shift === 0 ? undefined : { transform: `translateY(${shift}px)` }}
    >
      {controls ? (
        <button
          type="button"
          class="planned-place"
          aria-label={labels.handle(name, place + 1, count)}
          title={labels.handle(name, place + 1, count)}
          onKeyDown={(event) => moveByKey(event, place, count, controls.onMove)}
          {...controls.handleProps}
        >
          <Grip />
          {place + 1}
        </button>
      ) : (
        <span class="planned-place">{place + 1}</span>
      )}
      {anime ? (
        <TitleLink animeId={animeId} class="planned-poster" hidden actions={actions}>
          <Poster anime={anime} />
        </TitleLink>
      ) : (
        <span class="planned-poster skeleton-poster" />
      )}
      <div class="planned-words">
        {anime ? <Words anime={anime} actions={actions} /> : <h2>{name}</h2>}
      </div>
      {controls && (
        <>
          <textarea
            class="planned-note"
            rows={1}
            maxLength={MAX_NOTE}
            aria-label={labels.note(name)}
            placeholder={labels.notePlaceholder}
            value={controls.note}
            onInput={(event) => controls.onNote(event.currentTarget.value)}
          />
          <div class="planned-say">
            {anime && (
              <button
                type="button"
                class="watch-button"
                aria-label={labels.seenLabel(name)}
                onClick={() => controls.onSeen(anime)}
              >
                {labels.seen}
              </button>
            )}
            <button
              type="button"
              class="watch-button"
              aria-label={labels.removeLabel(name)}
              onClick={controls.onRemove}
            >
              {labels.remove}
            </button>
          </div>
        </>
      )}
    </li>
  );
}

function Words({ anime, actions }: { anime: Anime; actions: TitleActions }) {
  const { messages, script } = useDisplay();
  const second = secondName(anime, script);
  return (
    <>
      <h2>
        <TitleLink animeId={anime.animeId} actions={actions}>
          <TitleName anime={anime} />
        </TitleLink>
      </h2>
      {second && (
        <p class="second-name" lang={second.lang}>
          {second.text}
        </p>
      )}
      <p class="facts">
        {factsLine(messages, anime)}
        {anime.meanScore !== null && (
          <>
            {' · '}
            <b class="score">{messages.decimal(anime.meanScore)}</b>
          </>
        )}
      </p>
    </>
  );
}

function moveByKey(
  event: KeyboardEvent,
  place: number,
  count: number,
  onMove: (to: number) => void,
): void {
  const places: Readonly<Record<string, number>> = {
    ArrowUp: place - 1,
    ArrowDown: place + 1,
    Home: 0,
    End: count - 1,
  };
  const to = places[event.key];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (to >= 0 && to < count && to !== place) onMove(to);
}

/** Six dots: the sign of something that can be dragged. */
function Grip() {
  return (
    <svg viewBox="0 0 10 16" width="10" height="16" aria-hidden="true">
      {[2, 8].flatMap((x) =>
        [2, 8, 14].map((y) => <circle key={`${x} ${y}`} cx={x} cy={y} r={1.5} />),
      )}
    </svg>
  );
}
