/** A field for a user id of the data set, to see that user's list and recommendations. */
import { useState } from 'preact/hooks';
import { readId } from '../app/address.ts';
import { useMessages } from '../display/use-display.tsx';

export function PersonField({ onBecome }: { onBecome: (userId: number) => void }) {
  const { person } = useMessages();
  const [isWrong, setWrong] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const given = String(new FormData(event.currentTarget).get('user') ?? '').trim();
    const userId = readId(given);
    if (userId !== null) return onBecome(userId);
    setWrong(true);
  };
  return (
    <form class="person-field" onSubmit={submit} noValidate>
      <label for="user">{person.label}</label>
      <input
        id="user"
        name="user"
        inputMode="numeric"
        autoComplete="off"
        placeholder={person.placeholder}
        aria-describedby="user-problem"
        aria-invalid={isWrong}
        onInput={() => setWrong(false)}
      />
      <button type="submit" class="plain">
        {person.look}
      </button>
      <p id="user-problem" class="problem" role="alert">
        {isWrong ? person.malformed : ''}
      </p>
    </form>
  );
}
