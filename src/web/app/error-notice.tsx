/** Something did not arrive: what happened, what still works, what to do. */

import { useWords } from '../display/use-display.tsx';
import type { Messages } from '../i18n/en.ts';
import { UnreadableError } from './answers.ts';
import { NotReadyError, UnreachableError } from './api.ts';

interface Props {
  readonly error: Error;
  readonly onRetry: () => void;
  /** what is still true: "the list below is the last one that arrived" */
  readonly still?: string;
}

export function Trouble({ error, onRetry, still }: Props) {
  const words = useWords();
  return (
    <div class="notice trouble" role="alert">
      <p>
        {sentence(words, error)} {still}
      </p>
      <button type="button" class="plain" onClick={onRetry}>
        {words.trouble.retry}
      </button>
    </div>
  );
}

function sentence({ trouble }: Messages, error: Error) {
  if (error instanceof NotReadyError) return trouble.learning;
  if (error instanceof UnreachableError) return navigator.onLine ? trouble.gone : trouble.offline;
  if (error instanceof UnreadableError) return trouble.unreadable;
  return (
    <>
      {trouble.refused} <span lang="en">{withStop(error.message)}</span>
    </>
  );
}

function withStop(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}
