/** Asks for the operators' key. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAdminWords } from './use-messages.ts';

interface Props {
  /** the last one was wrong */
  readonly refused: boolean;
  readonly onKey: (key: string) => void;
}

export function AdminKeyForm({ refused, onKey }: Props) {
  const { key: words } = useAdminWords();
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
      <h1>{words.heading}</h1>
      <p class="quiet">{words.lead}</p>
      <label for="admin-key">{words.label}</label>
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
          {words.open}
        </button>
      </div>
      {refused && (
        <p class="admin-problem" id="admin-key-problem" role="alert">
          {words.wrong}
        </p>
      )}
    </form>
  );
}
