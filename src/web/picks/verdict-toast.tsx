/** A toast after a title left the list: shows the verdict, and offers to change or undo it. */
import { useMessages } from '../display/use-display.tsx';
import type { Anime } from '../title/anime.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleName } from '../title/title-name.tsx';
import { Toast } from '../ui/toast.tsx';
import { VerdictSelect } from './verdict-select.tsx';

interface Props {
  readonly anime: Anime;
  readonly actions: TitleActions;
  readonly onUndo: () => void;
  readonly onGone: () => void;
}

export function VerdictToast({ anime, actions, onUndo, onGone }: Props) {
  const { verdict: messages } = useMessages();
  const verdict = actions.verdictOn(anime.animeId);
  if (verdict === null) return null;
  return (
    <Toast about={anime.animeId} undo={messages.undo} onUndo={onUndo} onGone={onGone}>
      <p>
        {typeof verdict === 'number' ? messages.toastScored(verdict) : messages.toast[verdict]}
        {messages.toastColon}
        <b>
          <TitleName anime={anime} />
        </b>
      </p>
      <VerdictSelect anime={anime} actions={actions} />
    </Toast>
  );
}
