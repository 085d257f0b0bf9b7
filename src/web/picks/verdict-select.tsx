/** Chooses a verdict with the browser's own select element. */

import { useDisplay } from '../display/use-display.tsx';
import type { Anime } from '../title/anime.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { verdictOf } from './verdict-labels.ts';

const SCORES = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

interface Props {
  readonly anime: Anime;
  readonly actions: TitleActions;
  /** shown while there is no verdict; without it the verdict cannot be removed here */
  readonly placeholder?: string;
}

export function VerdictSelect({ anime, actions, placeholder }: Props) {
  const { messages, nameOf } = useDisplay();
  const { options } = messages.verdict;
  const verdict = actions.verdictOn(anime.animeId);
  return (
    <select
      class={typeof verdict === 'number' ? 'verdict scored' : 'verdict'}
      aria-label={messages.verdict.yours(nameOf(anime))}
      value={verdict === null ? '' : String(verdict)}
      onChange={(event) => actions.setVerdict(anime, verdictOf(event.currentTarget.value))}
    >
      {placeholder && <option value="">{placeholder}</option>}
      {SCORES.map((score) => (
        <option key={score} value={String(score)}>
          {score}
        </option>
      ))}
      <option value="seen">{options.seen}</option>
      <option value="plan">{options.plan}</option>
      <option value="no">{options.no}</option>
    </select>
  );
}
