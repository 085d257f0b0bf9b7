/** Titles that were excluded as reasons; each can be counted again. */

import { useDisplay } from '../display/use-display.tsx';
import { useTitles } from '../picks/use-titles.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleName } from '../title/title-name.tsx';

interface Props {
  readonly excluded: readonly number[];
  readonly actions: TitleActions;
}

export function ExcludedTitles({ excluded, actions }: Props) {
  const { messages, nameOf } = useDisplay();
  const titleOf = useTitles(excluded);
  if (excluded.length === 0) return null;
  return (
    <section class="excluded" aria-label={messages.because.excluded}>
      <p class="quiet">{messages.because.excluded}</p>
      <ul>
        {excluded.map((animeId) => {
          const known = titleOf(animeId);
          const anime = known === 'unknown' ? null : known;
          const name = anime ? nameOf(anime) : messages.picks.notHere(animeId);
          return (
            <li key={animeId}>
              <s>{anime ? <TitleName anime={anime} /> : name}</s>
              <button
                type="button"
                class="plain"
                aria-label={messages.because.countAgain(name)}
                onClick={() => actions.countAsReason(animeId, true)}
              >
                {messages.verdict.undo}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
