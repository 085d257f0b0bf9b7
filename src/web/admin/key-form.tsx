/** The form for the operators' key. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAdminMessages } from './use-messages.ts';

interface Props {
  /** the last key was wrong */
  readonly refused: boolean;
  readonly onKey: (key: string) => void;
}

export function AdminKeyForm({ refused, onKey }: Props) {
  const { key: messages } = useAdminMessages();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      class="admin-key"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim()) onKey(typed.trim());
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
          aria-describedby={refused ? 'admin-key-problem' : undefined}
          aria-invalid={refused}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="primary">
          {messages.open}
        </button>
      </div>
      {refused && (
        <p class="admin-problem" id="admin-key-problem" role="alert">
          {messages.wrong}
        </p>
      )}
    </form>
  );
}
