/** One title that a search has found. */
import { useEffect, useRef } from 'preact/hooks';
import type { Anime } from './answers.ts';
import { factsLine, otherTitles } from './facts.ts';
import { Poster } from './poster.tsx';
import type { TitleActions } from './title-actions.ts';
import { verdictWord } from './verdict-words.ts';

interface Props {
  readonly anime: Anime;
  readonly selected: boolean;
  readonly actions: TitleActions;
  readonly onPoint: () => void;
  readonly onChoose: (open: boolean) => void;
}

export function FoundRow({ anime, selected, actions, onPoint, onChoose }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const verdict = actions.verdictOn(anime.animeId);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox keeps the focus and the keys; a row is only pointed at
    <div
      ref={row}
      id={`found-${anime.animeId}`}
      class="found-row"
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={(event) => onChoose(event.shiftKey)}
    >
      <Poster anime={anime} />
      <span class="found-words">
        <b>{anime.title}</b>
        <span>{otherTitles(anime).join(' · ')}</span>
        <span>{factsLine(anime, 2)}</span>
      </span>
      <span class="found-do">{verdict === null ? '＋' : verdictWord(verdict)}</span>
    </div>
  );
}
