/** Similar titles by three models: hybrid, collaborative and content-based. The title's own story stands in its watch order. */
import { useEffect, useId, useState } from 'preact/hooks';
import { SIMILAR_BY } from '../../api/constants/enums.ts';
import { MAX_TITLES } from '../../api/constants/limits.ts';
import { useMessages } from '../display/use-display.tsx';
import { rememberTitles } from '../picks/use-titles.ts';
import { api } from '../ui/api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { PosterLink } from './poster-link.tsx';
import type { TitleActions } from './title-actions.ts';

const SHOWN = 12;

interface Props {
  readonly animeId: number;
  /** animeIds of its story */
  readonly story: readonly number[];
  readonly actions: TitleActions;
}

export function SimilarTitles({ animeId, story, actions }: Props) {
  const { similar } = useMessages();
  const [by, setBy] = useState<(typeof SIMILAR_BY)[number]>('hybrid');
  const id = useId();
  const answer = useAnswer(`${animeId} ${by}`, async (signal) => {
    const limit = Math.min(MAX_TITLES, SHOWN + story.length);
    const { items } = await api().getSimilarAnime(animeId, { by, limit }, { signal });
    const others = items.filter(({ anime }) => !story.includes(anime.animeId));
    return others.slice(0, SHOWN).map(({ anime }) => anime);
  });
  useEffect(() => rememberTitles(answer.value ?? []), [answer.value]);

  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = SIMILAR_BY.indexOf(by);
    const next = (at + step + SIMILAR_BY.length) % SIMILAR_BY.length;
    setBy(SIMILAR_BY[next]);
    const list = event.currentTarget;
    if (list instanceof Element) list.querySelectorAll('button')[next].focus();
  };
  return (
    <section class="similar">
      <h3>{similar.heading}</h3>
      <div class="chips" role="tablist" aria-label={similar.label} onKeyDown={keys}>
        {SIMILAR_BY.map((name) => (
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
            {similar.tabs[name]}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${by}`}
        aria-busy={answer.loading}
      >
        <p class="quiet">{similar.notes[by]}</p>
        {answer.error && <ErrorNotice error={answer.error} onRetry={answer.retry} />}
        {answer.value?.length === 0 && <p class="empty">{similar.nothing}</p>}
        <ul class="posters small">
          {answer.value?.map((anime) => (
            <li key={anime.animeId}>
              <PosterLink anime={anime} actions={actions} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
