/** A toast after a title left the list: shows the verdict, and offers to change or undo it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useMessages } from '../display/use-display.tsx';
import type { Anime } from '../title/anime.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleName } from '../title/title-name.tsx';
import { VerdictSelect } from './verdict-select.tsx';

const STAYS = 7000;

interface Props {
  readonly anime: Anime;
  readonly actions: TitleActions;
  readonly onUndo: () => void;
  readonly onGone: () => void;
}

export function VerdictToast({ anime, actions, onUndo, onGone }: Props) {
  const { verdict: messages } = useMessages();
  const [held, setHeld] = useState(false);
  const gone = useRef(onGone);
  gone.current = onGone;
  const verdict = actions.verdictOn(anime.animeId);

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => gone.current(), STAYS);
    return () => clearTimeout(timer);
  }, [held]);

  if (verdict === null) return null;
  return (
    <div
      class="toast"
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <p>
        {typeof verdict === 'number' ? messages.toastScored(verdict) : messages.toast[verdict]}
        {messages.toastColon}
        <b>
          <TitleName anime={anime} />
        </b>
      </p>
      <VerdictSelect anime={anime} actions={actions} />
      <button
        type="button"
        class="plain"
        onClick={() => {
          onUndo();
          onGone();
        }}
      >
        {messages.undo}
      </button>
    </div>
  );
}
