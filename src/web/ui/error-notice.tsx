/** Shows a failed request: what happened, what still works, what to do. */

import { isNotReady, isTemporary, ProblemError } from '../../api/client.ts';
import { useMessages } from '../display/use-display.tsx';
import type { Messages } from '../i18n/en.ts';

interface Props {
  readonly error: Error;
  readonly onRetry: () => void;
  /** what still works: "the list below is the last one that arrived" */
  readonly still?: string;
}

export function ErrorNotice({ error, onRetry, still }: Props) {
  const messages = useMessages();
  return (
    <div class="notice error-notice" role="alert">
      <p>
        {sentence(messages, error)} {still}
      </p>
      <button type="button" class="plain" onClick={onRetry}>
        {messages.errors.retry}
      </button>
    </div>
  );
}

function sentence({ errors }: Messages, error: Error) {
  if (isNotReady(error)) return errors.learning;
  if (isTemporary(error)) return navigator.onLine ? errors.gone : errors.offline;
  if (!(error instanceof ProblemError)) return errors.unreadable;
  return (
    <>
      {errors.refused} <span lang="en">{withStop(error.message)}</span>
    </>
  );
}

function withStop(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}
