/** The shelves, or a list with details. The previous ones stay until the next arrive, and when a request fails. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useMessages } from '../display/use-display.tsx';
import type { Messages, Who } from '../i18n/en.ts';
import { ENOUGH_PICKS } from '../picks/picks.ts';
import { rememberTitles } from '../picks/use-titles.ts';
import { changedRules, DEFAULT_RULES, nothingLeft, type Rules } from '../rules/rules.ts';
import { OtherShelves } from '../shelves/other-shelves.tsx';
import { ShelfTiles } from '../shelves/shelf-tiles.tsx';
import { forYou, type ShelfView } from '../shelves/shelf-view.ts';
import type { View } from '../shelves/view.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { Answer } from '../ui/use-answer.ts';
import { RecommendationRow } from './recommendation-row.tsx';
import type { Recommended } from './recommended.ts';
import { useFlip } from './use-flip.ts';
import { useKeptFocus } from './use-kept-focus.ts';

interface Props {
  readonly answer: Answer<readonly ShelfView[]>;
  readonly view: View;
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
  const { answer, view, ready, hint, taste, rules, actions, onRules, requested, onMore } = props;
  const messages = useMessages();
  const { value } = answer;
  useEffect(
    () => rememberTitles(value?.flatMap(({ items }) => items.map(({ anime }) => anime)) ?? []),
    [value],
  );
  const verdicts = value
    ?.flatMap(({ items }) => items.map(({ anime }) => actions.verdictOn(anime.animeId) ?? ''))
    .join();
  const shelves = useMemo(
    () => (value ?? []).map((shelf) => withoutJudged(shelf, actions, rules)).filter(hasTitles),
    [value, verdicts, rules.planned],
  );
  const others = useMemo(() => shelves.filter(({ id }) => id !== 'for-you'), [shelves]);
  const items = forYou(shelves);

  if (!ready) {
    if (hint === 'person') return null;
    return <p class="empty">{messages.list.empty}</p>;
  }
  const still = answer.value ? messages.list.stays : messages.list.picksStay;
  const full = forYou(value ?? []).length >= requested;
  const who = hint === 'picks' ? 'you' : 'they';
  const isLooking = value === null && answer.loading;
  return (
    <>
      {answer.error && <ErrorNotice error={answer.error} onRetry={answer.retry} still={still} />}
      <p class="quiet list-note" role="status">
        {noteOn(messages, answer, taste, hint)}
      </p>
      {view === 'grid' ? (
        isLooking ? (
          <SkeletonTiles />
        ) : (
          <ShelfTiles
            shelf={{ items }}
            who={who}
            actions={actions}
            class="list"
            busy={answer.loading}
          />
        )
      ) : (
        <Rows items={items} who={who} actions={actions} answer={answer} />
      )}
      {answer.value && !full && !answer.loading && !answer.error && (
        <p class="empty" role="status">
          {shelves.length === 0 ? nothingLeft(messages, rules) : messages.list.everything}{' '}
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
      <OtherShelves shelves={others} who={who} actions={actions} />
    </>
  );
}

function noteOn(
  { list }: Messages,
  { value, error }: Pick<Answer<readonly ShelfView[]>, 'value' | 'error'>,
  taste: number,
  hint: Props['hint'],
): string {
  if (error) return '';
  if (!value) return list.looking;
  return hint === 'picks' && taste > 0 && taste < ENOUGH_PICKS
    ? list.guess(taste, ENOUGH_PICKS - taste)
    : '';
}

interface RowsProps {
  readonly items: readonly Recommended[];
  readonly who: Who;
  readonly actions: TitleActions;
  readonly answer: Pick<Answer<unknown>, 'value' | 'loading'>;
}

function Rows({ items, who, actions, answer }: RowsProps) {
  const list = useRef<HTMLOListElement>(null);
  const order = items.map(({ anime }) => anime.animeId).join();
  const keepFocus = useKeptFocus(list, order);
  useFlip(list, order);
  return (
    <ol ref={list} class="list rows" aria-busy={answer.loading} onFocusIn={keepFocus}>
      {answer.value === null && answer.loading && skeletons()}
      {items.map((recommended, index) => (
        <RecommendationRow
          key={recommended.anime.animeId}
          rank={index + 1}
          recommended={recommended}
          who={who}
          actions={actions}
        />
      ))}
    </ol>
  );
}

/** Without the titles that got a verdict since the answer came. */
function withoutJudged(shelf: ShelfView, actions: TitleActions, rules: Rules): ShelfView {
  const items = shelf.items.filter(({ anime }) => {
    const verdict = actions.verdictOn(anime.animeId);
    return verdict === null || (verdict === 'plan' && rules.planned);
  });
  return { ...shelf, items };
}

function hasTitles({ items }: ShelfView): boolean {
  return items.length > 0;
}

function SkeletonTiles() {
  return (
    <ol class="tiles list" aria-busy="true">
      {Array.from({ length: 12 }, (_, place) => (
        <li key={place} aria-hidden="true">
          <span class="skeleton-poster" />
        </li>
      ))}
    </ol>
  );
}

function skeletons() {
  return [1, 2, 3, 4, 5, 6].map((place) => (
    <li key={place} class="skeleton-row" aria-hidden="true">
      <span class="skeleton-poster" />
      <span class="skeleton-lines" />
    </li>
  ));
}
