/** One recommendation: rank, poster, title, facts, reasons, and buttons for a verdict. */
import { useMemo } from 'preact/hooks';
import { useDisplay } from '../display/use-display.tsx';
import type { Who } from '../i18n/en.ts';
import { knownTitle } from '../picks/use-titles.ts';
import { VerdictButtons } from '../picks/verdict-buttons.tsx';
import { Poster } from '../poster/poster.tsx';
import { factsLine } from '../title/facts.ts';
import { readSynopsis } from '../title/synopsis.ts';
import { SynopsisLanguage } from '../title/synopsis-language.tsx';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleLink } from '../title/title-link.tsx';
import { TitleName } from '../title/title-name.tsx';
import { secondName } from '../title/title-names.ts';
import { Because } from './because.tsx';
import type { Recommended } from './recommended.ts';

interface Props {
  readonly rank: number;
  readonly recommended: Recommended;
  readonly who: Who;
  readonly actions: TitleActions;
}

/** Memoized: without unnecessary rendering, a tap requests the next list sooner. */
export function RecommendationRow(props: Props) {
  const { rank, recommended, who, actions } = props;
  const verdict = actions.verdictOn(recommended.anime.animeId);
  const verdicts = recommended.because.map(({ animeId }) => actions.verdictOn(animeId)).join();
  return useMemo(() => <Row {...props} />, [rank, recommended, who, verdict, verdicts]);
}

function Row({ rank, recommended, who, actions }: Props) {
  const { anime, insteadOf } = recommended;
  const { messages, script, nameOf } = useDisplay();
  const second = secondName(anime, script);
  return (
    <li class="row" data-id={anime.animeId}>
      <span class="rank">{rank}</span>
      <TitleLink animeId={anime.animeId} class="row-poster" hidden actions={actions}>
        <Poster anime={anime} />
      </TitleLink>
      <div class="row-words">
        <h3>
          <TitleLink animeId={anime.animeId} actions={actions}>
            <TitleName anime={anime} />
          </TitleLink>
          {second && (
            <span class="second-name" lang={second.lang}>
              {second.text}
            </span>
          )}
        </h3>
        <p class="facts">
          {factsLine(messages, anime)}
          {anime.meanScore !== null && (
            <>
              {'\u00a0· '}
              <b class="score">{messages.decimal(anime.meanScore)}</b>
            </>
          )}
        </p>
        {insteadOf && (
          <p class="quiet">
            {messages.list.insteadOf(nameOf(knownTitle(insteadOf.animeId, insteadOf.title)))}
          </p>
        )}
        <Because
          reasons={recommended}
          members={anime.members}
          who={who}
          actions={actions}
          shares={false}
        />
        {anime.synopsis && (
          <p class="synopsis" lang="en">
            <SynopsisLanguage />
            {readSynopsis(anime.synopsis).story}
          </p>
        )}
      </div>
      <VerdictButtons anime={anime} actions={actions} />
    </li>
  );
}
