/** The quiet field: look at the data through one of its people. */
import { useState } from 'preact/hooks';
import { readId } from './address.ts';

export function PersonField({ onBecome }: { onBecome: (userId: number) => void }) {
  const [problem, setProblem] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const given = String(new FormData(event.currentTarget).get('user') ?? '').trim();
    const userId = readId(given);
    if (userId !== null) return onBecome(userId);
    setProblem('A data set user id is a whole number, like 11880.');
  };
  return (
    <form class="person-field" onSubmit={submit} noValidate>
      <label for="user">or as a data set user</label>
      <input
        id="user"
        name="user"
        inputMode="numeric"
        autoComplete="off"
        placeholder="id"
        aria-describedby="user-problem"
        aria-invalid={problem !== ''}
        onInput={() => setProblem('')}
      />
      <button type="submit" class="plain">
        Look
      </button>
      <p id="user-problem" class="problem" role="alert">
        {problem}
      </p>
    </form>
  );
}
