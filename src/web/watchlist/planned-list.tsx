/** The rows of the watchlist. A long list shows its beginning first. */
import { useRef, useState } from 'preact/hooks';
import { useFlip } from '../list/use-flip.ts';
import { useKeptFocus } from '../list/use-kept-focus.ts';
import type { KnownTitle } from '../picks/use-titles.ts';
import type { Anime } from '../title/anime.ts';
import type { TitleActions } from '../title/title-actions.ts';
import type { WatchlistMessages } from './messages-en.ts';
import { shiftOf, useReorder } from './use-reorder.ts';
import { WatchlistRow } from './watchlist-row.tsx';

/** Rows that are shown at first. */
const FEW = 60;

/** What the person can do with their own list. */
export interface OwnControls {
  readonly move: (from: number, to: number) => void;
  readonly seen: (anime: Anime) => void;
  readonly takeOff: (animeId: number) => void;
  readonly setNote: (animeId: number, note: string) => void;
  readonly noteOn: (animeId: number) => string;
}

interface Props {
  readonly planned: readonly number[];
  readonly titleOf: (animeId: number) => KnownTitle;
  readonly labels: WatchlistMessages;
  readonly actions: TitleActions;
  /** null = somebody else's list */
  readonly own: OwnControls | null;
}

export function PlannedList({ planned, titleOf, labels, actions, own }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [all, setAll] = useState(false);
  const order = planned.join();
  const keepFocus = useKeptFocus(list, order);
  const { drag, handleProps } = useReorder(list, (from, to) => own?.move(from, to));
  useFlip(list, order);
  const shown = all ? planned : planned.slice(0, FEW);
  return (
    <>
      <ol
        ref={list}
        class={drag ? 'planned-list dragging' : 'planned-list'}
        aria-label={labels.titles}
        onFocusIn={keepFocus}
      >
        {shown.map((animeId, place) => (
          <WatchlistRow
            key={animeId}
            animeId={animeId}
            known={titleOf(animeId)}
            place={place}
            count={planned.length}
            shift={shiftOf(place, drag)}
            isHeld={drag?.from === place}
            labels={labels}
            actions={actions}
            controls={
              own && {
                note: own.noteOn(animeId),
                onNote: (note) => own.setNote(animeId, note),
                onSeen: own.seen,
                onRemove: () => own.takeOff(animeId),
                onMove: (to) => own.move(place, to),
                handleProps: handleProps(place),
              }
            }
          />
        ))}
      </ol>
      {shown.length < planned.length && (
        <button type="button" class="plain more" onClick={() => setAll(true)}>
          {labels.all(planned.length)}
        </button>
      )}
    </>
  );
}
