/** The start of a visit: the question, and posters to pick from. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useMessages } from '../display/use-display.tsx';
import { ImportPanel } from '../import/import-panel.tsx';
import type { ImportedList } from '../import/imported-list.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { api } from '../ui/api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { PersonField } from './person-field.tsx';
import { ENOUGH_PICKS } from './picks.ts';
import { StarterPoster } from './starter-poster.tsx';
import { rememberTitles } from './use-titles.ts';

/** Divides into rows of 2, 4 and 6. */
const FEW = 12;
const MANY = 36;

interface Props {
  readonly actions: TitleActions;
  readonly picked: number;
  /** the picks came with a shared link, so the list is shown first */
  readonly borrowed: boolean;
  /** null: lists of the data set's users are switched off, or that is not known yet */
  readonly onBecome: ((userId: number) => void) | null;
  readonly onImport: (list: ImportedList) => void;
  /** the field for a wish */
  readonly children: ComponentChildren;
}

export function StartPanel({ actions, picked, borrowed, onBecome, onImport, children }: Props) {
  const { start } = useMessages();
  // Returning visitors with enough picks see the list first.
  const [shown, setShown] = useState(() => (picked >= ENOUGH_PICKS || borrowed ? 0 : FEW));
  const starters = useAnswer(shown > 0 ? 'starters' : null, async (signal) => {
    return (await api().getStarters({ limit: MANY }, { signal })).items;
  });
  useEffect(() => rememberTitles(starters.value ?? []), [starters.value]);
  const titles = starters.value?.slice(0, shown) ?? [];
  const more = shown === 0 || (starters.value !== null && starters.value.length > shown);

  return (
    <section class={shown === 0 ? 'start-panel short' : 'start-panel'} aria-labelledby="question">
      <h1 id="question">{start.question}</h1>
      {children}
      <div class="start-lead">
        <p>{start.lead}</p>
        <ImportPanel onUse={onImport} />
      </div>
      {starters.error && !starters.value && (
        <ErrorNotice error={starters.error} onRetry={starters.retry} />
      )}
      <ul class="posters" aria-label={start.starters}>
        {starters.value === null && !starters.error && skeletons(shown)}
        {titles.map((anime) => (
          <StarterPoster key={anime.animeId} anime={anime} actions={actions} />
        ))}
      </ul>
      {more && (
        <button type="button" class="plain more" onClick={() => setShown(shown + FEW)}>
          {shown === 0 ? start.pick : start.more}
        </button>
      )}
      {onBecome && <PersonField onBecome={onBecome} />}
    </section>
  );
}

function skeletons(count: number) {
  return Array.from({ length: count }, (_, place) => <li key={place} class="skeleton-poster" />);
}
