/** Titles like this one, by three judges: both, people, content. */
import { useEffect, useId, useState } from 'preact/hooks';
import { getSimilar, type SimilarBy } from './api.ts';
import { Poster } from './poster.tsx';
import type { TitleActions } from './title-actions.ts';
import { TitleLink } from './title-link.tsx';
import { Trouble } from './trouble.tsx';
import { useAnswer } from './use-answer.ts';
import { rememberTitles } from './use-titles.ts';

const TABS: readonly (readonly [by: SimilarBy, label: string, says: string])[] = [
  ['hybrid', 'Both', 'What people who like it also like, and what is made of the same things.'],
  ['collaborative', 'People', 'What people who like it also like.'],
  ['content', 'Content', 'Made of the same things: genres, studio, source, story.'],
];
const SHOWN = 12;

export function SimilarTitles({ animeId, actions }: { animeId: number; actions: TitleActions }) {
  const [by, setBy] = useState<SimilarBy>('hybrid');
  const id = useId();
  const answer = useAnswer(`${animeId} ${by}`, (signal) => getSimilar(animeId, by, SHOWN, signal));
  useEffect(() => rememberTitles(answer.value ?? []), [answer.value]);

  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = TABS.findIndex(([name]) => name === by);
    const next = (at + step + TABS.length) % TABS.length;
    setBy(TABS[next][0]);
    const list = event.currentTarget;
    if (list instanceof Element) list.querySelectorAll('button')[next].focus();
  };
  return (
    <section class="similar">
      <h3>Similar titles</h3>
      <div class="chips" role="tablist" aria-label="Similar by" onKeyDown={keys}>
        {TABS.map(([name, label]) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === by}
            aria-controls={`${id}-panel`}
            tabIndex={name === by ? 0 : -1}
            onClick={() => setBy(name)}
          >
            {label}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${by}`}
        aria-busy={answer.loading}
      >
        <p class="quiet">{TABS.find(([name]) => name === by)?.[2]}</p>
        {answer.error && <Trouble error={answer.error} onRetry={answer.retry} />}
        {answer.value?.length === 0 && <p class="empty">Nothing stands close to this title yet.</p>}
        <ul class="posters small">
          {answer.value?.map((anime) => (
            <li key={anime.animeId}>
              <TitleLink animeId={anime.animeId} actions={actions}>
                <Poster anime={anime} />
                <span class="caption">{anime.title}</span>
              </TitleLink>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
