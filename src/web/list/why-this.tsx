/** Explains a recommendation: text as it is written, above the exact shares. */

import { useEffect, useState } from 'preact/hooks';
import type { ExplanationEvent } from '../../api/client.ts';
import { useDisplay } from '../display/use-display.tsx';
import { type ListRequest, ratingOf } from '../picks/picks.ts';
import type { TitleActions } from '../title/title-actions.ts';
import { api } from '../ui/api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { toError } from '../ui/to-error.ts';
import { type ExplanationFacts, WhyOrder, WhyShares } from './why-shares.tsx';

interface Props {
  readonly animeId: number;
  readonly request: ListRequest;
  readonly actions: TitleActions;
}

export function WhyThis({ animeId, request, actions }: Props) {
  const { messages } = useDisplay();
  return (
    <section class="why" aria-labelledby="why-title">
      <h3 id="why-title">{messages.why.heading}</h3>
      <ExplanationText animeId={animeId} request={request} actions={actions} />
    </section>
  );
}

interface Explanation {
  readonly text: string;
  /** null until they have arrived */
  readonly facts: ExplanationFacts | null;
  /** null while it is being written */
  readonly byModel: boolean | null;
  readonly error: Error | null;
}

const BLANK: Explanation = { text: '', facts: null, byModel: null, error: null };

function ExplanationText({ animeId, request, actions }: Props) {
  const { messages } = useDisplay();
  const { explanation, retry } = useExplanation(animeId, request);
  const { text, facts, byModel, error } = explanation;
  const writing = byModel === null && error === null;
  return (
    <>
      {/* Busy until complete, so that a screen reader reads it once. */}
      <p class="why-text" aria-live="polite" aria-busy={writing}>
        {text || (writing ? messages.why.thinking : '')}
      </p>
      {error && <ErrorNotice error={error} onRetry={retry} />}
      {facts && <WhyShares facts={facts} actions={actions} />}
      {facts?.order && <WhyOrder order={facts.order} />}
      {byModel !== null && (
        <p class="quiet why-note">{byModel ? messages.why.byModel : messages.why.byTemplate}</p>
      )}
    </>
  );
}

/** Requests the explanation when it is first shown and when an argument changes; unmounting aborts the request. */
function useExplanation(animeId: number, request: ListRequest) {
  const { language, script } = useDisplay();
  const [explanation, setExplanation] = useState(BLANK);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    setExplanation(BLANK);
    const read = async () => {
      const { picks, whole, excluded } = request;
      const rules = { without: [...excluded] };
      const wording = { language, titles: script };
      const body = { ratings: picks.map(ratingOf), whole, animeId, rules, ...wording };
      for await (const event of api().explainEvents(body, { signal }))
        if (!signal.aborted) setExplanation((before) => after(before, event));
    };
    read().catch((cause) => {
      if (signal.aborted) return;
      const error = toError(cause);
      setExplanation((before) => ({ ...before, error }));
    });
    return () => stop.abort();
  }, [animeId, JSON.stringify(request), language, script, attempt]);
  return { explanation, retry: () => setAttempt((count) => count + 1) };
}

function after(before: Explanation, event: ExplanationEvent): Explanation {
  switch (event.event) {
    case 'facts':
      return { ...before, facts: event.facts };
    case 'text':
      return { ...before, text: before.text + event.text };
    case 'instead':
      return { ...before, text: event.text };
    case 'end':
      return { ...before, byModel: event.by === 'model' };
  }
}
