/** Buttons for a verdict on a title: seen, plan to watch, not for me. The one that holds is pressed. */
import { useDisplay } from '../display/use-display.tsx';
import type { Anime } from '../title/anime.ts';
import type { TitleActions } from '../title/title-actions.ts';

interface Props {
  readonly anime: Anime;
  readonly actions: TitleActions;
}

export function VerdictButtons({ anime, actions }: Props) {
  const { messages, nameOf } = useDisplay();
  const { list } = messages;
  const name = nameOf(anime);
  const verdict = actions.verdictOn(anime.animeId);
  const choices = [
    { word: 'seen', text: list.seen, label: list.seenLabel(name) },
    { word: 'plan', text: list.plan, label: list.planLabel(name) },
    { word: 'no', text: list.no, label: list.noLabel(name) },
  ] as const;
  return (
    <div class="verdict-buttons">
      {choices.map(({ word, text, label }) => (
        <button
          key={word}
          type="button"
          class={word}
          aria-label={label}
          aria-pressed={verdict === word}
          title={label}
          onClick={() => actions.setVerdict(anime, verdict === word ? null : word)}
        >
          {word === 'no' && <Cross />}
          <span>{text}</span>
        </button>
      ))}
    </div>
  );
}

/** Stands for the words where there is no room for them. */
function Cross() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path
        d="M3 3 13 13M13 3 3 13"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
      />
    </svg>
  );
}
