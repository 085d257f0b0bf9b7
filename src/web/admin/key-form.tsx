/** The form for the operators' key. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AdminClient } from '../../api/admin-client.ts';
import { ProblemError } from '../../api/client.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { toError } from '../ui/to-error.ts';
import { useAdminMessages } from './use-messages.ts';

interface Props {
  readonly api: AdminClient;
  readonly onOpen: () => void;
}

/** What came of the last key; busy = it is being checked. */
type Outcome = 'none' | 'busy' | 'wrong' | 'later' | Error;

export function AdminKeyForm({ api, onOpen }: Props) {
  const { key: messages } = useAdminMessages();
  const [typed, setTyped] = useState('');
  const [outcome, setOutcome] = useState<Outcome>('none');
  const refused = outcome === 'wrong' || outcome === 'later';
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  async function open() {
    const key = typed.trim();
    if (!key) return;
    setOutcome('busy');
    try {
      await api.signIn(key);
      setTyped('');
      onOpen();
    } catch (cause) {
      const error = toError(cause);
      const status = error instanceof ProblemError ? error.status : 0;
      setOutcome(status === 401 ? 'wrong' : status === 429 ? 'later' : error);
    }
  }
  return (
    <form
      class="admin-key"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <h1>{messages.heading}</h1>
      <p class="quiet">{messages.lead}</p>
      <label for="admin-key">{messages.label}</label>
      <div class="admin-key-line">
        <input
          id="admin-key"
          ref={field}
          type="password"
          autocomplete="current-password"
          required
          value={typed}
          readOnly={outcome === 'busy'}
          aria-describedby={refused ? 'admin-key-problem' : undefined}
          aria-invalid={refused}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="primary" disabled={outcome === 'busy'}>
          {messages.open}
        </button>
      </div>
      {refused && (
        <p class="admin-problem" id="admin-key-problem" role="alert">
          {outcome === 'later' ? messages.later : messages.wrong}
        </p>
      )}
      {outcome instanceof Error && <ErrorNotice error={outcome} onRetry={() => void open()} />}
    </form>
  );
}
