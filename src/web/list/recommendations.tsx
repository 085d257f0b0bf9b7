/** The list. The previous one stays until the next arrives, and when a request fails. */
import { useEffect, useRef } from 'preact/hooks';
import { useMessages } from '../display/use-display.tsx';
import type { Messages } from '../i18n/en.ts';
import { ENOUGH_PICKS } from '../picks/picks.ts';
import { rememberTitles } from '../picks/use-titles.ts';
import { changedRules, DEFAULT_RULES, nothingLeft, type Rules } from '../rules/rules.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { Answer } from '../ui/use-answer.ts';
import { RecommendationRow } from './recommendation-row.tsx';
import type { Recommended } from './recommended.ts';
import { useFlip } from './use-flip.ts';
import { useKeptFocus } from './use-kept-focus.ts';

interface Props {
  readonly answer: Answer<Recommended[]>;
  /** whether there are picks or rules to recommend from */
  readonly ready: boolean;
  /** what is missing when there is no list yet */
  readonly hint: 'picks' | 'person';
  /** how many titles of the profile say something about taste */
  readonly taste: number;
  readonly rules: Rules;
  readonly actions: TitleActions;
  readonly onRules: (rules: Rules) => void;
  /** the requested length; a shorter list means that nothing is left to recommend */
  readonly requested: number;
  readonly onMore: (() => void) | null;
}

export function Recommendations(props: Props) {
  const { answer, ready, hint, taste, rules, actions, onRules, requested, onMore } = props;
  const messages = useMessages();
  const list = useRef<HTMLOListElement>(null);
  const items = (answer.value ?? []).filter(({ anime }) => {
    const verdict = actions.verdictOn(anime.animeId);
    return verdict === null || (verdict === 'plan' && rules.planned);
  });
  const order = items.map(({ anime }) => anime.animeId).join();
  const keepFocus = useKeptFocus(list, order);
  useFlip(list, order);
  useEffect(() => rememberTitles(answer.value?.map(({ anime }) => anime) ?? []), [answer.value]);

  if (!ready) {
    if (hint === 'person') return null;
    return <p class="empty">{messages.list.empty}</p>;
  }
  const still = answer.value ? messages.list.stays : messages.list.picksStay;
  const full = (answer.value?.length ?? 0) >= requested;
  return (
    <>
      {answer.error && <ErrorNotice error={answer.error} onRetry={answer.retry} still={still} />}
      <p class="quiet list-note" role="status">
        {noteOn(messages, answer, taste, hint)}
      </p>
      <ol ref={list} class="list" aria-busy={answer.loading} onFocusIn={keepFocus}>
        {answer.value === null && answer.loading && skeletons()}
        {items.map((recommended, index) => (
          <RecommendationRow
            key={recommended.anime.animeId}
            rank={index + 1}
            recommended={recommended}
            who={hint === 'picks' ? 'you' : 'they'}
            actions={actions}
          />
        ))}
      </ol>
      {answer.value && !full && !answer.loading && !answer.error && (
        <p class="empty" role="status">
          {items.length === 0 ? nothingLeft(messages, rules) : messages.list.everything}{' '}
          {changedRules(rules).length > 0 && (
            <button type="button" class="plain" onClick={() => onRules(DEFAULT_RULES)}>
              {messages.rules.reset}
            </button>
          )}
        </p>
      )}
      {full && onMore && (
        <button type="button" class="plain more" disabled={answer.loading} onClick={onMore}>
          {messages.list.more}
        </button>
      )}
    </>
  );
}

function noteOn(
  { list }: Messages,
  { value, error }: Answer<Recommended[]>,
  taste: number,
  hint: Props['hint'],
): string {
  if (error) return '';
  if (!value) return list.looking;
  return hint === 'picks' && taste > 0 && taste < ENOUGH_PICKS
    ? list.guess(taste, ENOUGH_PICKS - taste)
    : '';
}

function skeletons() {
  return [1, 2, 3, 4, 5, 6].map((place) => (
    <li key={place} class="skeleton-row" aria-hidden="true">
      <span class="skeleton-poster" />
      <span class="skeleton-lines" />
    </li>
  ));
}
