/** The shelves below "for you": each a row that scrolls sideways, under a heading. */
import { useEffect, useState } from 'preact/hooks';
import { useDisplay } from '../display/use-display.tsx';
import type { Who } from '../i18n/en.ts';
import { LOVE } from '../picks/picks.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { SHELF_MESSAGES, ShelfTiles } from './shelf-tiles.tsx';
import type { ShelfView } from './shelf-view.ts';

interface Props {
  readonly shelves: readonly ShelfView[];
  readonly who: Who;
  readonly actions: TitleActions;
}

export function OtherShelves({ shelves, who, actions }: Props) {
  const shown = useAfterPaint(shelves);
  if (shown.length === 0) return null;
  return (
    <div class="other-shelves">
      {shown.map((shelf) => (
        <OtherShelf key={keyOf(shelf)} shelf={shelf} who={who} actions={actions} />
      ))}
    </div>
  );
}

function OtherShelf({ shelf, who, actions }: Omit<Props, 'shelves'> & { shelf: ShelfView }) {
  const { language, nameOf } = useDisplay();
  const say = SHELF_MESSAGES[language];
  const { id, seed } = shelf;
  const loved = seed && Number(actions.verdictOn(seed.animeId)) >= LOVE;
  const heading =
    id === 'because'
      ? say.because(seed ? nameOf(seed) : '', loved === true, who)
      : say.headings[who][id];
  const headingId = `shelf-${keyOf(shelf)}`;
  return (
    <section class="other-shelf" aria-labelledby={headingId}>
      <h2 id={headingId}>{heading}</h2>
      <ShelfTiles shelf={shelf} who={who} actions={actions} class="shelf" />
    </section>
  );
}

const keyOf = ({ id, seed }: ShelfView) => (seed ? `${id}-${seed.animeId}` : id);

/** The first shelf is painted before these, which are mostly out of sight, are drawn. */
function useAfterPaint<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setShown(value));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value]);
  return shown;
}
