/** One title of the search results. */
import { useEffect, useRef } from 'preact/hooks';
import { useDisplay } from '../display/use-display.tsx';
import { verdictLabel } from '../picks/verdict-labels.ts';
import { Poster } from '../poster/poster.tsx';
import type { Anime } from '../title/anime.ts';
import { factsLine } from '../title/facts.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleName } from '../title/title-name.tsx';
import { otherNames } from '../title/title-names.ts';

interface Props {
  readonly anime: Anime;
  readonly selected: boolean;
  readonly actions: TitleActions;
  readonly onPoint: () => void;
  readonly onChoose: (open: boolean) => void;
}

export function FoundRow({ anime, selected, actions, onPoint, onChoose }: Props) {
  const { messages, script } = useDisplay();
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
        <b>
          <TitleName anime={anime} />
        </b>
        <span>
          {otherNames(anime, script).map(({ text, lang }, at) => (
            <span key={lang} lang={lang}>
              {at > 0 ? ' · ' : ''}
              {text}
            </span>
          ))}
        </span>
        <span>{factsLine(messages, anime, 2)}</span>
      </span>
      <span class="found-do">{verdict === null ? '＋' : verdictLabel(messages, verdict)}</span>
    </div>
  );
}
