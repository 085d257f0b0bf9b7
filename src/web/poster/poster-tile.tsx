/** A title as a large poster with its name, facts and a line of words below, and buttons for a verdict. */
import type { ComponentChildren } from 'preact';
import { useMessages } from '../display/use-display.tsx';
import { VerdictButtons } from '../picks/verdict-buttons.tsx';
import type { Anime } from '../title/anime.ts';
import { factsLine } from '../title/facts.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleLink } from '../title/title-link.tsx';
import { TitleName } from '../title/title-name.tsx';
import { Poster } from './poster.tsx';

interface Props {
  readonly anime: Anime;
  readonly actions: TitleActions;
  /** one line of words below the facts, such as why the title is here */
  readonly line?: ComponentChildren;
  /** what can be done with the title; default: the buttons for a verdict */
  readonly children?: ComponentChildren;
}

/** An item of a list with the class `tiles`: a grid, or with `shelf` too a row that scrolls sideways. */
export function PosterTile({ anime, actions, line, children }: Props) {
  const messages = useMessages();
  const facts = factsLine(messages, anime, 0);
  return (
    <li class="tile" data-id={anime.animeId}>
      <TitleLink animeId={anime.animeId} class="tile-poster" hidden actions={actions}>
        <Poster anime={anime} />
      </TitleLink>
      <h3>
        <TitleLink animeId={anime.animeId} actions={actions}>
          <TitleName anime={anime} />
        </TitleLink>
      </h3>
      <p class="facts">
        {facts}
        {anime.meanScore !== null && (
          <>
            {facts && '\u00a0· '}
            <b class="score">{messages.decimal(anime.meanScore)}</b>
          </>
        )}
      </p>
      {line && <p class="tile-line">{line}</p>}
      {children ?? <VerdictButtons anime={anime} actions={actions} />}
    </li>
  );
}
