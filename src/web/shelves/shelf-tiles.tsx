/** The titles of a shelf as large posters: a grid, or a row that scrolls sideways. */
import { useMemo, useRef } from 'preact/hooks';
import { useDisplay } from '../display/use-display.tsx';
import type { Who } from '../i18n/en.ts';
import { shelvesEn } from '../list/messages-en.ts';
import { shelvesJa } from '../list/messages-ja.ts';
import type { Recommended } from '../list/recommended.ts';
import { useFlip } from '../list/use-flip.ts';
import { useKeptFocus } from '../list/use-kept-focus.ts';
import { knownTitle, useTitles } from '../picks/use-titles.ts';
import { PosterTile } from '../poster/poster-tile.tsx';
import type { TitleActions } from '../title/title-actions.ts';
import type { ShelfView } from './shelf-view.ts';
import { tileLine } from './tile-line.ts';

export const SHELF_MESSAGES = { en: shelvesEn, ja: shelvesJa };

interface Props {
  readonly shelf: Pick<ShelfView, 'seed' | 'items'>;
  readonly who: Who;
  readonly actions: TitleActions;
  /** the name of the element's class beside "tiles" */
  readonly class: string;
  readonly busy?: boolean;
}

export function ShelfTiles({ shelf, who, actions, class: name, busy }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const order = shelf.items.map(({ anime }) => anime.animeId).join();
  const keepFocus = useKeptFocus(list, order);
  useFlip(list, order);
  return (
    <ol ref={list} class={`tiles ${name}`} aria-busy={busy} onFocusIn={keepFocus}>
      {shelf.items.map((recommended) => (
        <Tile
          key={recommended.anime.animeId}
          recommended={recommended}
          seed={shelf.seed}
          who={who}
          actions={actions}
        />
      ))}
    </ol>
  );
}

interface TileProps extends Pick<ShelfView, 'seed'> {
  readonly recommended: Recommended;
  readonly who: Who;
  readonly actions: TitleActions;
}

/** Memoized: without unnecessary rendering, a tap requests the next shelves sooner. */
function Tile(props: TileProps) {
  const { recommended, seed, who, actions } = props;
  const { language, script } = useDisplay();
  const verdict = actions.verdictOn(recommended.anime.animeId);
  const reasons = recommended.because.map(({ animeId }) => animeId);
  // The server names reasons in romaji. For another script, load the titles and render again.
  const titleOf = useTitles(script === 'romaji' ? [] : reasons);
  const known = reasons.filter((animeId) => titleOf(animeId) !== null).join();
  const said = reasons.map(actions.verdictOn).join();
  return useMemo(
    () => <MemoTile {...props} />,
    [recommended, seed?.animeId, who, verdict, said, known, language, script],
  );
}

function MemoTile({ recommended, seed, who, actions }: TileProps) {
  const { messages, language, nameOf } = useDisplay();
  const line = tileLine(
    recommended,
    { seed },
    {
      messages,
      shelves: SHELF_MESSAGES[language],
      who,
      verdictFor: actions.verdictOn,
      nameOf: (animeId, title) => nameOf(knownTitle(animeId, title)),
    },
  );
  return <PosterTile anime={recommended.anime} actions={actions} line={line} />;
}
