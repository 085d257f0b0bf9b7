/** A person of the data set: their list at a glance, best scores first. */
import { useEffect } from 'preact/hooks';
import type { Person } from './answers.ts';
import { RefusedError } from './api.ts';
import { PersonField } from './person-field.tsx';
import { portrait } from './portrait.ts';
import { Poster } from './poster.tsx';
import type { TitleActions } from './title-actions.ts';
import { Trouble } from './trouble.tsx';
import type { Answer } from './use-answer.ts';
import { rememberTitles } from './use-titles.ts';

/** As many as a shelf is looked through for. */
const SHELF = 40;

interface Props {
  readonly userId: number;
  readonly answer: Answer<Person>;
  /** null until their list has arrived */
  readonly them: Person | null;
  readonly actions: TitleActions;
  readonly onBecome: (userId: number) => void;
  readonly onLeave: () => void;
}

export function PersonShelf({ userId, answer, them, actions, onBecome, onLeave }: Props) {
  useEffect(() => rememberTitles(them?.ratings.map(({ anime }) => anime) ?? []), [them]);
  const unknown = answer.error instanceof RefusedError && answer.error.status === 404;
  return (
    <section class="hero person" aria-labelledby="question">
      <h1 id="question">{`What should person ${userId} watch next?`}</h1>
      <div class="hero-lead">
        <p>{them ? portrait(them) : unknown ? '' : answer.error ? '' : 'Opening their list.'}</p>
        <button type="button" class="plain" onClick={onLeave}>
          Back to my picks
        </button>
        <PersonField onBecome={onBecome} />
      </div>
      {unknown && (
        <p
          class="notice"
          role="alert"
        >{`Nobody in this data set has the id ${userId}. Try another id, or go back to your picks.`}</p>
      )}
      {answer.error && !unknown && <Trouble error={answer.error} onRetry={answer.retry} />}
      {them && (
        <ul class="shelf" aria-label="Their titles, best scores first">
          {bestFirst(them).map(({ anime, rating }) => (
            <li key={anime.animeId}>
              <button
                type="button"
                aria-label={anime.title}
                onClick={() => actions.open(anime.animeId)}
              >
                <Poster anime={anime} />
              </button>
              <span class="caption">
                {rating !== null && <b class="score">{rating}</b>} {anime.title}
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
