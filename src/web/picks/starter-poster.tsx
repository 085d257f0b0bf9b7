/** A starter title: a tap loves it, holding it opens the menu of verdicts. */
import { useRef, useState } from 'preact/hooks';
import { useDisplay } from '../display/use-display.tsx';
import { Poster } from '../poster/poster.tsx';
import type { Anime } from '../title/anime.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleName } from '../title/title-name.tsx';
import { useHold } from '../ui/use-hold.ts';
import { LOVE, type Verdict } from './picks.ts';
import { verdictLabel } from './verdict-labels.ts';
import { VerdictMenu } from './verdict-menu.tsx';

export function StarterPoster({ anime, actions }: { anime: Anime; actions: TitleActions }) {
  const { messages, nameOf } = useDisplay();
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const hold = useHold(() => setAsking(true));
  const name = nameOf(anime);
  const verdict = actions.verdictOn(anime.animeId);
  const close = () => {
    setAsking(false);
    button.current?.focus();
  };
  const say = (word: Verdict | null) => {
    actions.setVerdict(anime, word);
    close();
  };

  return (
    <li class="starter">
      <button
        ref={button}
        type="button"
        class="starter-button"
        aria-pressed={verdict !== null}
        title={messages.start.hint}
        onClick={() => actions.setVerdict(anime, verdict === null ? LOVE : null)}
        {...hold}
      >
        <span class="unseen">
          {verdict === null ? name : messages.commas([name, verdictLabel(messages, verdict)])}
        </span>
        <Poster anime={anime} />
        {verdict !== null && (
          <span class="starter-mark" aria-hidden="true">
            {typeof verdict === 'number' ? verdict : verdictLabel(messages, verdict)}
          </span>
        )}
      </button>
      <span class="caption" aria-hidden="true">
        <TitleName anime={anime} />
      </span>
      {asking && (
        <VerdictMenu
          title={name}
          verdict={verdict}
          onChoose={say}
          onOpen={() => {
            close();
            actions.open(anime.animeId);
          }}
          onClose={close}
        />
      )}
    </li>
  );
}
