/** A sheet with everything about one title. Esc, back, or a swipe down on a phone closes it. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Title } from '../../api/client.ts';
import { isNotFound } from '../../api/client.ts';
import { useDisplay, useMessages } from '../display/use-display.tsx';
import type { Who } from '../i18n/en.ts';
import { Because } from '../list/because.tsx';
import type { Reasons } from '../list/recommended.ts';
import { WhyThis } from '../list/why-this.tsx';
import type { ListRequest } from '../picks/picks.ts';
import { rememberTitles } from '../picks/use-titles.ts';
import { VerdictButtons } from '../picks/verdict-buttons.tsx';
import { VerdictSelect } from '../picks/verdict-select.tsx';
import { Poster } from '../poster/poster.tsx';
import { api } from '../ui/api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { useSwipeDown } from '../ui/use-swipe-down.ts';
import { ExternalLinks } from './external-links.tsx';
import { OpinionPanel } from './opinion/opinion-panel.tsx';
import { SimilarTitles } from './similar-titles.tsx';
import { readSynopsis } from './synopsis.ts';
import { SynopsisLanguage } from './synopsis-language.tsx';
import type { TitleActions } from './title-actions.ts';
import { TitleName } from './title-name.tsx';
import { otherNames } from './title-names.ts';
import { TitleThemes } from './title-themes.tsx';
import { WatchOrder } from './watch-order.tsx';

interface Props {
  readonly animeId: number;
  /** why the title is in the list; null when it is not */
  readonly reasons: Reasons | null;
  readonly who: Who;
  /** the request of the list; null = there is none yet */
  readonly request: ListRequest | null;
  readonly actions: TitleActions;
  readonly onClose: () => void;
}

export function TitleSheet(props: Props) {
  const { animeId, onClose } = props;
  const { sheet } = useMessages();
  const dialog = useRef<HTMLDialogElement>(null);
  const swipe = useSwipeDown(() => dialog.current, onClose);

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Focus the sheet, not its first button: it is meant to be read first.
    element?.focus();
    // Closing returns the focus to where it was.
    return () => element?.close();
  }, []);
  // Start at the top of another title.
  useEffect(() => dialog.current?.scrollTo(0, 0), [animeId]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the sheet closes it, as Esc does in onCancel
    <dialog
      ref={dialog}
      class="sheet"
      tabIndex={-1}
      aria-label={sheet.label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class="sheet-head" {...swipe}>
        <span class="grip" aria-hidden="true" />
        <button type="button" class="close" aria-label={sheet.close} onClick={onClose}>
          ×
        </button>
      </div>
      <SheetContent key={animeId} {...props} />
    </dialog>
  );
}

function SheetContent({ animeId, reasons, who, request, actions, onClose }: Props) {
  const { sheet } = useMessages();
  const answer = useAnswer(`title ${animeId}`, (signal) => api().getAnime(animeId, { signal }));
  useEffect(() => {
    if (answer.value) rememberTitles([answer.value, ...answer.value.franchiseTitles]);
  }, [answer.value]);
  if (answer.value) {
    const { value } = answer;
    return <About title={value} reasons={reasons} who={who} request={request} actions={actions} />;
  }
  if (!answer.error) return <p class="sheet-wait quiet">{sheet.opening}</p>;
  if (isNotFound(answer.error)) {
    return (
      <div class="sheet-wait">
        <p>{sheet.unknown(animeId)}</p>
        <button type="button" class="plain" onClick={onClose}>
          {sheet.back}
        </button>
      </div>
    );
  }
  return <ErrorNotice error={answer.error} onRetry={answer.retry} />;
}

type AboutProps = Omit<Props, 'animeId' | 'onClose'> & { readonly title: Title };

function About({ title: anime, reasons, who, request, actions }: AboutProps) {
  const { franchiseTitles } = anime;
  const { messages, script } = useDisplay();
  const crowd = messages.facts.crowd(anime);
  return (
    <article>
      <div class="about-head">
        <Poster anime={anime} />
        <div>
          <h2>
            <TitleName anime={anime} />
          </h2>
          {otherNames(anime, script).map(({ text, lang }) => (
            <p key={lang} class="other-title" lang={lang}>
              {text}
            </p>
          ))}
        </div>
        <div class="about-say">
          <VerdictButtons anime={anime} actions={actions} />
          <VerdictSelect anime={anime} actions={actions} placeholder={messages.sheet.score} />
        </div>
      </div>
      <p>{messages.facts.sentence(anime)}</p>
      {crowd && <p class="quiet">{crowd}</p>}
      <TitleThemes themes={anime.themes} />
      <ExternalLinks anime={anime} />
      <OpinionPanel anime={anime} who={who} request={request} actions={actions} />
      {reasons && <Because reasons={reasons} members={anime.members} who={who} actions={actions} />}
      {request && reasons && who === 'you' && (
        <WhyThis animeId={anime.animeId} request={request} actions={actions} />
      )}
      {anime.synopsis ? (
        <Story text={anime.synopsis} />
      ) : (
        <p class="quiet">{messages.sheet.noSynopsis}</p>
      )}
      {franchiseTitles.length > 1 && (
        <WatchOrder titles={franchiseTitles} here={anime.animeId} actions={actions} />
      )}
      <SimilarTitles
        animeId={anime.animeId}
        story={franchiseTitles.map(({ animeId }) => animeId)}
        actions={actions}
      />
    </article>
  );
}

function Story({ text }: { text: string }) {
  const { story, credit } = readSynopsis(text);
  return (
    <>
      <p class="synopsis" lang="en">
        <SynopsisLanguage />
        {story}
      </p>
      {credit && (
        <p class="synopsis-credit" lang="en">
          {credit}
        </p>
      )}
    </>
  );
}
