/** One poster to start from: a tap is love, holding it opens more words. */
import { useRef, useState } from 'preact/hooks';
import type { Anime } from './answers.ts';
import { LOVE, type Verdict } from './picks.ts';
import { Poster } from './poster.tsx';
import type { TitleActions } from './title-actions.ts';
import { useHold } from './use-hold.ts';
import { VerdictMenu } from './verdict-menu.tsx';
import { verdictWord } from './verdict-words.ts';

export function StarterPoster({ anime, actions }: { anime: Anime; actions: TitleActions }) {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const hold = useHold(() => setAsking(true));
  const verdict = actions.verdictOn(anime.animeId);
  const close = () => {
    setAsking(false);
    button.current?.focus();
  };
  const say = (word: Verdict | null) => {
    actions.judge(anime, word);
    close();
  };

  return (
    <li class="starter">
      <button
        ref={button}
        type="button"
        class="starter-button"
        aria-pressed={verdict !== null}
        aria-label={verdict === null ? anime.title : `${anime.title}, ${verdictWord(verdict)}`}
        title="Tap: love it. Hold or right-click: more."
        onClick={() => actions.judge(anime, verdict === null ? LOVE : null)}
        {...hold}
      >
        <Poster anime={anime} />
        {verdict !== null && (
          <span class="starter-mark" aria-hidden="true">
            {typeof verdict === 'number' ? verdict : verdictWord(verdict)}
          </span>
        )}
      </button>
      <span class="caption" aria-hidden="true">
        {anime.title}
      </span>
      {asking && (
        <VerdictMenu
          title={anime.title}
          verdict={verdict}
          onSay={say}
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
