/** The list of a user of the data set, best scores first. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Person } from '../../api/client.ts';
import { isNotFound } from '../../api/client.ts';
import { useDisplay } from '../display/use-display.tsx';
import { Poster } from '../poster/poster.tsx';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleName } from '../title/title-name.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { Answer } from '../ui/use-answer.ts';
import { PersonField } from './person-field.tsx';
import { portrait } from './portrait.ts';
import { rememberTitles } from './use-titles.ts';

/** How many titles are shown. */
const SHELF = 40;

interface Props {
  readonly userId: number;
  readonly answer: Answer<Person>;
  /** null until the list has arrived */
  readonly viewed: Person | null;
  readonly actions: TitleActions;
  readonly onBecome: (userId: number) => void;
  readonly onLeave: () => void;
  /** the field for a wish */
  readonly children: ComponentChildren;
}

export function PersonShelf({
  userId,
  answer,
  viewed,
  actions,
  onBecome,
  onLeave,
  children,
}: Props) {
  const { messages, nameOf } = useDisplay();
  useEffect(() => rememberTitles(viewed?.ratings.map(({ anime }) => anime) ?? []), [viewed]);
  const unknown = isNotFound(answer.error);
  return (
    <section class="start-panel person" aria-labelledby="question">
      <h1 id="question">{unknown ? messages.person.nobody : messages.person.question(userId)}</h1>
      {children}
      <div class="start-lead">
        {!answer.error && <p>{viewed ? portrait(messages, viewed) : messages.person.opening}</p>}
        <button type="button" class="plain" onClick={onLeave}>
          {messages.person.leave}
        </button>
        <PersonField onBecome={onBecome} />
      </div>
      {unknown && (
        <p class="notice" role="alert">
          {messages.person.unknown(userId)}
        </p>
      )}
      {answer.error && !unknown && <ErrorNotice error={answer.error} onRetry={answer.retry} />}
      {viewed && (
        <ul class="shelf" aria-label={messages.person.shelf}>
          {bestFirst(viewed).map(({ anime, rating }) => (
            <li key={anime.animeId}>
              <button type="button" onClick={() => actions.open(anime.animeId)}>
                <span class="unseen">{nameOf(anime)}</span>
                <Poster anime={anime} />
              </button>
              <span class="caption">
                {rating !== null && <b class="score">{rating}</b>} <TitleName anime={anime} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function bestFirst({ ratings }: Person): Person['ratings'] {
  return [...ratings].sort((a, b) => (b.rating ?? 0) - (a.rating ?? 0)).slice(0, SHELF);
}
