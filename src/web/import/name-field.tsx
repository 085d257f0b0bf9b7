/** A user's name at another site. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useMessages } from '../display/use-display.tsx';
import type { Site } from './use-import.ts';

interface Props {
  readonly site: Site;
  readonly onName: (site: Site, name: string) => void;
  readonly onCancel: () => void;
}

export function NameField({ site, onName, onCancel }: Props) {
  const { imports } = useMessages();
  const [problem, setProblem] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const name = input.current?.value.trim() ?? '';
    if (/^[\w-]{1,40}$/.test(name)) return onName(site, name);
    setProblem(imports.malformedName);
  };
  return (
    <form class="person-field name-field" onSubmit={submit} noValidate>
      <label for="list-name">{imports.yourName(imports.sites[site] ?? site)}</label>
      <input
        ref={input}
        id="list-name"
        name="name"
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        aria-describedby="list-name-problem"
        aria-invalid={problem !== ''}
        onInput={() => setProblem('')}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      />
      <button type="submit" class="plain">
        {imports.lookUp}
      </button>
      <button type="button" class="plain" onClick={onCancel}>
        {imports.cancel}
      </button>
      <p id="list-name-problem" class="problem" role="alert">
        {problem}
      </p>
    </form>
  );
}
