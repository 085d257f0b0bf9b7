/** One recommendation: rank, poster, title, facts, why, and what to say about it. */
import type { Anime, Reason } from './answers.ts';
import { Because } from './because.tsx';
import { englishTitle, factsLine } from './facts.ts';
import { Poster } from './poster.tsx';
import type { TitleActions } from './title-actions.ts';
import { TitleLink } from './title-link.tsx';

interface Props {
  readonly rank: number;
  readonly anime: Anime;
  readonly because: readonly Reason[];
  /** a later part of the same story that was the better match */
  readonly insteadOf: string | null;
  readonly who: 'you' | 'they';
  readonly actions: TitleActions;
}

export function RecommendationRow({ rank, anime, because, insteadOf, who, actions }: Props) {
  const english = englishTitle(anime);
  return (
    <li class="row" data-id={anime.animeId}>
      <span class="rank">{rank}</span>
      <TitleLink animeId={anime.animeId} class="row-poster" hidden actions={actions}>
        <Poster anime={anime} />
      </TitleLink>
      <div class="row-words">
        <h3>
          <TitleLink animeId={anime.animeId} actions={actions}>
            {anime.title}
          </TitleLink>
          {english && <span class="english">{english}</span>}
        </h3>
        <p class="facts">
          {factsLine(anime)}
          {anime.meanScore !== null && (
            <>
              {' · '}
              <b class="score">{anime.meanScore.toFixed(1)}</b>
            </>
          )}
        </p>
        {anime.synopsis && <p class="synopsis">{anime.synopsis}</p>}
        {insteadOf && <p class="quiet">{`The place to start before ${insteadOf}.`}</p>}
        <Because because={because} who={who} actions={actions} />
      </div>
      <div class="row-say">
        <button
          type="button"
          aria-label={`Seen: ${anime.title}`}
          onClick={() => actions.judge(anime, 'seen')}
        >
          Seen
        </button>
        <button
          type="button"
          aria-label={`Not for me: ${anime.title}`}
          onClick={() => actions.judge(anime, 'no')}
        >
          Not for me
        </button>
        <button
          type="button"
          aria-label={`Plan to watch: ${anime.title}`}
          onClick={() => actions.judge(anime, 'plan')}
        >
          Plan
        </button>
      </div>
    </li>
  );
}
