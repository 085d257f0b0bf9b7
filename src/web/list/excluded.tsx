/** Titles that were removed as reasons, each with the way back. */

import { useDisplay } from '../display/use-display.tsx';
import { useTitles } from '../picks/use-titles.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleName } from '../title/title-name.tsx';

interface Props {
  readonly without: readonly number[];
  readonly actions: TitleActions;
}

export function SetAside({ without, actions }: Props) {
  const { words, nameOf } = useDisplay();
  const titleOf = useTitles(without);
  if (without.length === 0) return null;
  return (
    <section class="set-aside" aria-label={words.because.setAside}>
      <p class="quiet">{words.because.setAside}</p>
      <ul>
        {without.map((animeId) => {
          const known = titleOf(animeId);
          const anime = known === 'unknown' ? null : known;
          const name = anime ? nameOf(anime) : words.picks.notHere(animeId);
          return (
            <li key={animeId}>
              <s>{anime ? <TitleName anime={anime} /> : name}</s>
              <button
                type="button"
                class="plain"
                aria-label={words.because.countAgain(name)}
                onClick={() => actions.count(animeId, true)}
              >
                {words.verdict.undo}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
