/** Why this for me: on request, words as they are written, above the exact shares. */
import { useEffect, useState } from 'preact/hooks';
import type { Reason } from '../app/answers.ts';
import { Trouble } from '../app/error-notice.tsx';
import { useDisplay } from '../display/use-display.tsx';
import type { Asked } from '../picks/picks.ts';
import { knownTitle } from '../picks/use-titles.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { TitleLink } from '../title/title-link.tsx';
import { TitleName } from '../title/title-name.tsx';
import { explain, type Heard } from '../wish/words-api.ts';

interface Props {
  readonly animeId: number;
  readonly asked: Asked;
  readonly actions: TitleActions;
}

export function WhyThis({ animeId, asked, actions }: Props) {
  const { words } = useDisplay();
  const [wanted, setWanted] = useState(false);
  return (
    <section class="why" aria-labelledby="why-title">
      <h3 id="why-title">{words.why.heading}</h3>
      {wanted ? (
        <Told animeId={animeId} asked={asked} actions={actions} />
      ) : (
        <button type="button" class="plain" onClick={() => setWanted(true)}>
          {words.why.tell}
        </button>
      )}
    </section>
  );
}

interface Explanation {
  readonly text: string;
  readonly reasons: readonly Reason[];
  /** null while it is being written */
  readonly byModel: boolean | null;
  readonly error: Error | null;
}

const BLANK: Explanation = { text: '', reasons: [], byModel: null, error: null };

function Told({ animeId, asked, actions }: Props) {
  const { words } = useDisplay();
  const { explanation, retry } = useExplanation(animeId, asked);
  const { text, reasons, byModel, error } = explanation;
  const writing = byModel === null && error === null;
  return (
    <>
      {/* Busy until it is whole, so that it is read out once and not by pieces. */}
      <p class="why-text" aria-live="polite" aria-busy={writing}>
        {text || (writing ? words.why.thinking : '')}
      </p>
      {error && <Trouble error={error} onRetry={retry} />}
      {reasons.length > 0 && <Shares reasons={reasons} actions={actions} />}
      {byModel !== null && (
        <p class="quiet why-note">{byModel ? words.why.byModel : words.why.byTemplate}</p>
      )}
    </>
  );
}

function Shares({ reasons, actions }: { reasons: readonly Reason[]; actions: TitleActions }) {
  const { words } = useDisplay();
  return (
    <ul class="why-shares" aria-label={words.why.shares}>
      {reasons.map(({ animeId, title, share }) => (
        <li key={animeId}>
          <TitleLink animeId={animeId} actions={actions}>
            <TitleName anime={knownTitle(animeId, title)} />
          </TitleLink>
          <span class="why-bar" aria-hidden="true">
            <span style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }} />
          </span>
          <b>{words.why.share(share)}</b>
        </li>
      ))}
    </ul>
  );
}

/** Asks when it is first shown, and anew when what it is about changes; leaving ends the writing. */
function useExplanation(animeId: number, asked: Asked) {
  const { language, script } = useDisplay();
  const [explanation, setExplanation] = useState(BLANK);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setExplanation(BLANK);
    const take = (part: Heard) => {
      if (!stop.signal.aborted) setExplanation((before) => heard(before, part));
    };
    explain(animeId, asked, { language, titles: script }, stop.signal, take).catch((cause) => {
      if (stop.signal.aborted) return;
      const error = cause instanceof Error ? cause : new Error(String(cause));
      setExplanation((before) => ({ ...before, error }));
    });
    return () => stop.abort();
  }, [animeId, JSON.stringify(asked), language, script, attempt]);
  return { explanation, retry: () => setAttempt((count) => count + 1) };
}

function heard(before: Explanation, part: Heard): Explanation {
  switch (part.heard) {
    case 'reasons':
      return { ...before, reasons: part.reasons };
    case 'text':
      return { ...before, text: part.instead ? part.text : before.text + part.text };
    case 'end':
      return { ...before, byModel: part.byModel };
  }
}
