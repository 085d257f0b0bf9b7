/** Would I like it? The expected score on a scale with its interval, and what speaks for and against. */
import type { Opinion } from '../../../api/client.ts';
import { useDisplay } from '../../display/use-display.tsx';
import type { Who } from '../../i18n/en.ts';
import { type ListRequest, ratingOf } from '../../picks/picks.ts';
import { knownTitle, useTitles } from '../../picks/use-titles.ts';
import { api } from '../../ui/api.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import type { Anime } from '../anime.ts';
import type { TitleActions } from '../title-actions.ts';
import { TitleLink } from '../title-link.tsx';
import { TitleName } from '../title-name.tsx';
import { useTitleMessages } from '../use-title-messages.ts';
import { forAndAgainst, type Point } from './for-against.ts';

const REASONS = 3;

interface Props {
  readonly anime: Anime;
  readonly who: Who;
  /** null = there is no list yet */
  readonly request: ListRequest | null;
  readonly actions: TitleActions;
}

export function OpinionPanel({ anime, who, request, actions }: Props) {
  const { opinion: say } = useTitleMessages();
  const answer = useAnswer(request && `${anime.animeId} ${JSON.stringify(request)}`, (signal) =>
    opinionOn(anime.animeId, request as ListRequest, signal),
  );
  return (
    <section class="opinion" aria-labelledby="opinion-title" aria-busy={answer.loading}>
      <h3 id="opinion-title">{say.heading(who)}</h3>
      {!request && <p class="quiet">{say.nothing}</p>}
      {request && !answer.value && !answer.error && <p class="quiet">{say.thinking}</p>}
      {answer.error && <ErrorNotice error={answer.error} onRetry={answer.retry} />}
      {request && answer.value && (
        <Answer opinion={answer.value} anime={anime} who={who} actions={actions} />
      )}
    </section>
  );
}

function opinionOn(
  animeId: number,
  { picks, whole, excluded }: ListRequest,
  signal: AbortSignal,
): Promise<Opinion> {
  const rules = { without: [...excluded] };
  const body = { ratings: picks.map(ratingOf), whole, rules, because: REASONS };
  return api().getOpinion(animeId, body, { signal });
}

interface AnswerProps extends Omit<Props, 'request'> {
  readonly opinion: Opinion;
}

function Answer({ opinion, anime, who, actions }: AnswerProps) {
  const { opinion: say } = useTitleMessages();
  const { expected, listed } = opinion;
  const { low, high } = expected;
  const points = forAndAgainst(opinion, anime.meanScore);
  return (
    <>
      <Scale expected={expected} />
      <p>{expected.scored > 0 ? say.expected(who, low, high) : say.unscored(low, high)}</p>
      {listed?.rating && <p class="quiet">{say.given(who, listed.rating)}</p>}
      <div class="for-against">
        <Points side="for" nothing={say.noneFor} points={points.for} who={who} actions={actions} />
        <Points
          side="against"
          nothing={say.noneAgainst}
          points={points.against}
          who={who}
          actions={actions}
        />
      </div>
    </>
  );
}

/** From 1 to 10: the interval as a band, the expected score as a mark on it. */
function Scale({ expected: { score, low, high } }: Pick<Opinion, 'expected'>) {
  const { messages } = useDisplay();
  const { opinion: say } = useTitleMessages();
  const at = (value: number) => `${((value - 1) / 9) * 100}%`;
  return (
    <div class="opinion-scale">
      <p class="opinion-score" aria-hidden="true">
        <b>{messages.decimal(score)}</b> <span class="quiet">{say.of}</span>
      </p>
      <div class="scale" role="img" aria-label={say.scale(score, low, high)}>
        <span class="scale-band" style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
        <span class="scale-mark" style={{ left: at(score) }} />
      </div>
      <p class="scale-ends quiet" aria-hidden="true">
        <span>1</span>
        <span>10</span>
      </p>
    </div>
  );
}

interface PointsProps {
  readonly side: 'for' | 'against';
  readonly nothing: string;
  readonly points: readonly Point[];
  readonly who: Who;
  readonly actions: TitleActions;
}

function Points({ side, nothing, points, who, actions }: PointsProps) {
  const { script } = useDisplay();
  const { opinion: say } = useTitleMessages();
  const named = points.flatMap((point) => ('animeId' in point ? [point.animeId] : []));
  // The server names titles in romaji. For another script, load them and render again.
  useTitles(script === 'romaji' ? [] : named);
  return (
    <div class={side}>
      <h4>{say[side]}</h4>
      {points.length === 0 && <p class="quiet">{nothing}</p>}
      <ul>
        {points.map((point) => (
          <li key={JSON.stringify(point)}>
            <PointText point={point} side={side} who={who} actions={actions} />
          </li>
        ))}
      </ul>
    </div>
  );
}

type PointProps = Omit<PointsProps, 'nothing' | 'points'> & { readonly point: Point };

function PointText({ point, side, who, actions }: PointProps) {
  const { opinion: say } = useTitleMessages();
  switch (point.by) {
    case 'group':
      return side === 'for' ? say.forGroup(point.group) : say.againstGroup(point.group);
    case 'everyone':
      return say.everyone(point.mean);
    case 'level':
      return (
        <>
          {point.points > 0 ? say.higher(who) : say.lower(who)} <Amount points={point.points} />
        </>
      );
    case 'score':
      return (
        <>
          <Around text={say.score(who, point.rating)} point={point} actions={actions} />{' '}
          <Amount points={point.points} />
        </>
      );
    case 'title':
      return <Around text={say.counts} point={point} actions={actions} />;
  }
}

interface AroundProps {
  readonly text: readonly [before: string, after: string];
  readonly point: { readonly animeId: number; readonly title: string };
  readonly actions: TitleActions;
}

/** Text around the linked name of a title. */
function Around({ text: [before, after], point, actions }: AroundProps) {
  return (
    <>
      {before}
      <TitleLink animeId={point.animeId} actions={actions}>
        <TitleName anime={knownTitle(point.animeId, point.title)} />
      </TitleLink>
      {after}
    </>
  );
}

function Amount({ points }: { points: number }) {
  const { opinion: say } = useTitleMessages();
  return <span class="amount">{say.points(points)}</span>;
}
