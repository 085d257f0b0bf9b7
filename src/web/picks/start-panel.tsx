/** The question, and posters to answer it with. */
import { useEffect, useState } from 'preact/hooks';
import { getStarters } from '../app/api.ts';
import { Trouble } from '../app/error-notice.tsx';
import { useAnswer } from '../app/use-answer.ts';
import { useWords } from '../display/use-display.tsx';
import { BringList } from '../import/bring-list.tsx';
import type { BroughtList } from '../import/brought-list.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { PersonField } from './person-field.tsx';
import { StarterPoster } from './starter-poster.tsx';
import { rememberTitles } from './use-titles.ts';

/** Divides into rows of 2, 4 and 6. */
const FEW = 12;
const MANY = 36;
/** Someone who comes back with this many picks sees the list first. */
const ENOUGH = 3;

interface Props {
  readonly actions: TitleActions;
  readonly picked: number;
  /** the picks came with a link: its list is what one came for */
  readonly borrowed: boolean;
  readonly onBecome: (userId: number) => void;
  readonly onBring: (list: BroughtList) => void;
}

export function Hero({ actions, picked, borrowed, onBecome, onBring }: Props) {
  const { hero } = useWords();
  const [shown, setShown] = useState(() => (picked >= ENOUGH || borrowed ? 0 : FEW));
  const starters = useAnswer(shown > 0 ? 'starters' : null, (signal) => getStarters(MANY, signal));
  useEffect(() => rememberTitles(starters.value ?? []), [starters.value]);
  const titles = starters.value?.slice(0, shown) ?? [];
  const more = shown === 0 || (starters.value !== null && starters.value.length > shown);

  return (
    <section class={shown === 0 ? 'hero short' : 'hero'} aria-labelledby="question">
      <h1 id="question">{hero.question}</h1>
      <div class="hero-lead">
        <p>{hero.lead}</p>
        <BringList onUse={onBring} />
      </div>
      {starters.error && !starters.value && (
        <Trouble error={starters.error} onRetry={starters.retry} />
      )}
      <ul class="posters" aria-label={hero.starters}>
        {starters.value === null && !starters.error && skeletons(shown)}
        {titles.map((anime) => (
          <StarterPoster key={anime.animeId} anime={anime} actions={actions} />
        ))}
      </ul>
      {more && (
        <button type="button" class="plain more" onClick={() => setShown(shown + FEW)}>
          {shown === 0 ? hero.pick : hero.more}
        </button>
      )}
      <PersonField onBecome={onBecome} />
    </section>
  );
}

function skeletons(count: number) {
  return Array.from({ length: count }, (_, place) => <li key={place} class="skeleton-poster" />);
}
