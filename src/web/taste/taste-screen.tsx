/** The taste screen: a portrait in sentences, and the charts and titles behind it. */
import { useEffect } from 'preact/hooks';
import type { Taste } from '../../api/client.ts';
import type { ScreenProps } from '../app/screen-props.ts';
import { useDisplay } from '../display/use-display.tsx';
import { countTaste, ENOUGH_PICKS, ratingOf } from '../picks/picks.ts';
import { rememberTitles } from '../picks/use-titles.ts';
import { Poster } from '../poster/poster.tsx';
import type { Anime } from '../title/anime.ts';
import { PosterLink } from '../title/poster-link.tsx';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleLink } from '../title/title-link.tsx';
import { TitleName } from '../title/title-name.tsx';
import { api } from '../ui/api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { type TasteMessages, tasteEn } from './messages-en.ts';
import { tasteJa } from './messages-ja.ts';
import { tasteTheyEn } from './messages-they-en.ts';
import { tasteTheyJa } from './messages-they-ja.ts';
import { distinctPercents } from './percents.ts';
import { PreferenceBars, ScaleHistogram } from './taste-charts.tsx';
import { endsOf, portraitOf } from './taste-portrait.ts';

const GENRES = 12;

const MESSAGES = {
  en: { you: tasteEn, they: tasteTheyEn },
  ja: { you: tasteJa, they: tasteTheyJa },
};

export function TasteScreen({ visit: { user }, profile, whole, actions }: ScreenProps) {
  const { language } = useDisplay();
  const labels = MESSAGES[language][user === null ? 'you' : 'they'];
  const enough = countTaste(profile) >= ENOUGH_PICKS;
  const answer = useAnswer(enough ? JSON.stringify(profile) : null, (signal) =>
    api().getTaste({ ratings: profile.map(ratingOf), whole }, { signal }),
  );
  useEffect(() => rememberTitles(answer.value ? titlesIn(answer.value) : []), [answer.value]);
  return (
    <section class="taste" aria-labelledby="taste-title" aria-busy={answer.loading}>
      <h1 id="taste-title">{user === null ? labels.heading : labels.theirs(user)}</h1>
      {!enough && (
        <div class="empty">
          <p>{labels.few}</p>
          <a class="plain taste-next" href={`/${location.hash}`}>
            {labels.toList}
          </a>
        </div>
      )}
      {answer.error && <ErrorNotice error={answer.error} onRetry={answer.retry} />}
      {enough && !answer.value && !answer.error && <p class="quiet">{labels.drawing}</p>}
      {answer.value && <Portrait taste={answer.value} labels={labels} actions={actions} />}
    </section>
  );
}

interface Props {
  readonly taste: Taste;
  readonly labels: TasteMessages;
  readonly actions: TitleActions;
}

function Portrait({ taste, labels, actions }: Props) {
  const { messages, nameOf } = useDisplay();
  const decades = [...taste.decades].sort((a, b) => Number(a.kind) - Number(b.kind));
  return (
    <>
      <p class="portrait">
        {portraitOf(taste, { messages, taste: labels, nameOf }).join(labels.pause)}
      </p>
      <div class="taste-charts">
        <section>
          <h2>{labels.genres}</h2>
          <PreferenceBars
            preferences={endsOf(taste.genres, GENRES)}
            nameOf={(kind) => messages.genres[kind] ?? String(kind)}
            labels={labels}
          />
        </section>
        <section>
          <h2>{labels.decades}</h2>
          <PreferenceBars
            preferences={decades.filter(({ mine, everyone }) => Math.max(mine, everyone) >= 0.005)}
            nameOf={(kind) => labels.decade(Number(kind))}
            labels={labels}
          />
        </section>
        <section>
          <h2>{labels.scale}</h2>
          {taste.scored > 0 ? (
            <ScaleHistogram
              mine={taste.scale.mine}
              everyone={taste.scale.everyone}
              labels={labels}
            />
          ) : (
            <p class="quiet">{labels.unscored}</p>
          )}
        </section>
        <Influences taste={taste} labels={labels} actions={actions} />
      </div>
      <Surprises taste={taste} labels={labels} actions={actions} />
      <SimilarUsers taste={taste} labels={labels} actions={actions} />
    </>
  );
}

function Influences({ taste: { steering }, labels, actions }: Props) {
  const { nameOf } = useDisplay();
  if (steering.length === 0) return null;
  const most = steering[0].share;
  const shares = distinctPercents(
    steering.map(({ share }) => share),
    labels.share,
  );
  return (
    <section>
      <h2>{labels.steering}</h2>
      <p class="taste-says">{labels.influenceNote}</p>
      <ol class="steering">
        {steering.map(({ anime, share, brings }, at) => (
          <li key={anime.animeId}>
            <TitleLink animeId={anime.animeId} hidden actions={actions}>
              <Poster anime={anime} />
            </TitleLink>
            <div>
              <TitleLink animeId={anime.animeId} actions={actions}>
                <TitleName anime={anime} />
              </TitleLink>
              {brings && <span class="brings">{labels.brings(nameOf(brings))}</span>}
              <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect class="more" width={(100 * share) / most} height={4} rx={1} />
              </svg>
            </div>
            <b>{shares[at]}</b>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Surprises({ taste, labels, actions }: Props) {
  const { higher, lower } = taste.surprises;
  const groups = [
    [labels.above, higher],
    [labels.below, lower],
  ] as const;
  return (
    <section class="taste-row">
      <h2>{labels.surprises}</h2>
      <p class="taste-says">
        {higher.length + lower.length > 0 ? labels.surprisesNote : labels.noSurprise}
      </p>
      <div class="taste-charts">
        {groups
          .filter(([, surprises]) => surprises.length > 0)
          .map(([heading, surprises]) => (
            <div key={heading}>
              <h3>{heading}</h3>
              <Shelf
                entries={surprises}
                actions={actions}
                note={({ rating, predicted }) => (
                  <>
                    <b class="score">{rating}</b> {labels.guess(predicted)}
                  </>
                )}
              />
            </div>
          ))}
      </div>
    </section>
  );
}

function SimilarUsers({ taste: { kindred }, labels, actions }: Props) {
  return (
    <section class="taste-row">
      <h2>{labels.kindred}</h2>
      <p class="taste-says">
        {kindred && kindred.loves.length > 0
          ? labels.similarUsersNote(kindred.people, kindred.shared)
          : labels.noSimilarUsers}
      </p>
      {kindred && (
        <Shelf
          entries={kindred.loves}
          actions={actions}
          note={({ lovers }) => labels.lovers(lovers, kindred.people)}
        />
      )}
    </section>
  );
}

interface ShelfProps<T> {
  readonly entries: readonly T[];
  readonly actions: TitleActions;
  readonly note: (entry: T) => preact.ComponentChildren;
}

function Shelf<T extends { readonly anime: Anime }>({ entries, actions, note }: ShelfProps<T>) {
  return (
    <ul class="posters small taste-shelf">
      {entries.map((entry) => (
        <li key={entry.anime.animeId}>
          <PosterLink anime={entry.anime} actions={actions} />
          <span class="quiet note">{note(entry)}</span>
        </li>
      ))}
    </ul>
  );
}

function titlesIn({ steering, surprises: { higher, lower }, kindred }: Taste): Anime[] {
  const entries = [...steering, ...higher, ...lower, ...(kindred?.loves ?? [])];
  return entries.map(({ anime }) => anime);
}
