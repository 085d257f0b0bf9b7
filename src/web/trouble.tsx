/** Something did not arrive: what happened, what still works, what to do. */
import { NotReadyError, UnreachableError } from './api.ts';

interface Props {
  readonly error: Error;
  readonly onRetry: () => void;
  /** what is still true: "the list below is the last one that arrived" */
  readonly still?: string;
}

export function Trouble({ error, onRetry, still }: Props) {
  return (
    <div class="notice trouble" role="alert">
      <p>
        {sentence(error)} {still}
      </p>
      <button type="button" class="plain" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

function sentence(error: Error): string {
  if (!(error instanceof UnreachableError)) return withStop(error.message);
  if (error instanceof NotReadyError) {
    return 'Osusume is still learning from its data. The page goes on by itself.';
  }
  if (!navigator.onLine) return 'You are offline. The page asks again once you are back.';
  return 'The server does not answer. The page keeps asking.';
}

function withStop(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}
