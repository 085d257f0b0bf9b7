/** The ways to bring a list, and what becomes of it. */
import { useEffect, useRef } from 'preact/hooks';
import { type Imports, isTemporary, ProblemError } from '../../api/client.ts';
import { useWords } from '../display/use-display.tsx';
import { api } from '../ui/api.ts';
import { useAnswer } from '../ui/use-answer.ts';
import type { BroughtList } from './brought-list.ts';
import { NameField } from './name-field.tsx';
import { type Bring, useBring } from './use-bring.ts';
import { useDroppedFile } from './use-dropped-file.ts';

const EXPORT_PAGE = 'https://myanimelist.net/panel.php?go=export';

export function BringList({ onUse }: { onUse: (list: BroughtList) => void }) {
  const { bring } = useWords();
  const imports = useAnswer('imports', (signal) => api().getImports({ signal }));
  const steps = useBring(imports.value?.largest ?? 0);
  const { state } = steps;
  const held = useDroppedFile(steps.readFile);
  const section = useRef<HTMLElement>(null);
  const before = useRef(state.at);

  useEffect(() => {
    // What had the focus is gone: it goes back to where one began.
    const came = before.current === 'preview' || before.current === 'waiting';
    if (state.at === 'rest' && came) section.current?.querySelector('button')?.focus();
    before.current = state.at;
  }, [state.at]);

  return (
    <section ref={section} class="bring" aria-label={bring.label}>
      <Ways sites={imports.value?.names ?? ['anilist']} steps={steps} />
      {state.at === 'rest' && (
        <p class="bring-where quiet">
          {bring.where[0]}
          <a href={EXPORT_PAGE} target="_blank" rel="noreferrer">
            {bring.where[1]}
          </a>
          {bring.where[2]}
          <span class="by-mouse">{bring.where[3]}</span>
        </p>
      )}
      {state.at === 'name' && (
        <NameField key={state.site} site={state.site} onName={steps.lookUp} onCancel={steps.stop} />
      )}
      {state.at === 'waiting' && (
        <p class="bring-note" role="status">
          {state.site === null
            ? bring.reading
            : bring.asking(bring.sites[state.site] ?? state.site)}{' '}
          <button type="button" class="plain" onClick={steps.stop}>
            {bring.cancel}
          </button>
        </p>
      )}
      {state.at === 'error' && <ImportError error={state.error} again={state.again} />}
      {state.at === 'preview' && (
        <state.View preview={state.preview} onUse={onUse} onLeave={steps.stop} />
      )}
      {held && (
        <p class="bring-drop" role="status">
          {bring.drop}
        </p>
      )}
    </section>
  );
}

function Ways({ sites, steps }: { sites: Imports['names']; steps: Bring }) {
  const { bring } = useWords();
  const { state, askName, readFile } = steps;
  return (
    <div class="bring-ways">
      <span class="bring-lead">{bring.lead}</span>
      <FileButton
        label={bring.malFile}
        accept=".xml,.gz,text/xml,application/gzip"
        onFile={readFile}
      />
      {sites.map((site) => (
        <button
          key={site}
          type="button"
          class="way"
          aria-expanded={state.at === 'name' && state.site === site}
          onClick={() => askName(site)}
        >
          {bring.nameAt(bring.sites[site] ?? site)}
        </button>
      ))}
      <FileButton label="CSV" accept=".csv,text/csv" onFile={readFile} />
    </div>
  );
}

interface FileProps {
  readonly label: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

function FileButton({ label, accept, onFile }: FileProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="way" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        hidden
        type="file"
        accept={accept}
        aria-label={label}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) onFile(file);
          // The same file may be chosen again after it was changed.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

/** Nothing is asked again by itself: a list is brought once. */
function ImportError({ error, again }: { error: Error; again: (() => void) | null }) {
  const { bring, errors } = useWords();
  const sentence = () => {
    if (error instanceof ProblemError) return bring.refused(error.status, error.message);
    return isTemporary(error) ? bring.silent : errors.unreadable;
  };
  return (
    <div class="notice error-notice" role="alert">
      <p>{sentence()}</p>
      {again && (
        <button type="button" class="plain" onClick={again}>
          {errors.retry}
        </button>
      )}
    </div>
  );
}
