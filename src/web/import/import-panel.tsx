/** Imports a list from a file, or by a user name at another site. */
import { useEffect, useRef } from 'preact/hooks';
import { type Imports, isTemporary, ProblemError } from '../../api/client.ts';
import { useMessages } from '../display/use-display.tsx';
import { api } from '../ui/api.ts';
import { useAnswer } from '../ui/use-answer.ts';
import type { ImportedList } from './imported-list.ts';
import { NameField } from './name-field.tsx';
import { useDroppedFile } from './use-dropped-file.ts';
import { type ImportSteps, useImport } from './use-import.ts';

const EXPORT_PAGE = 'https://myanimelist.net/panel.php?go=export';

export function ImportPanel({ onUse }: { onUse: (list: ImportedList) => void }) {
  const { imports } = useMessages();
  const possible = useAnswer('imports', (signal) => api().getImports({ signal }));
  const steps = useImport(possible.value?.largest ?? 0);
  const { state } = steps;
  const held = useDroppedFile(steps.readFile);
  const section = useRef<HTMLElement>(null);
  const before = useRef(state.at);

  useEffect(() => {
    // The focused element is gone: move the focus to the first button.
    const came = before.current === 'preview' || before.current === 'waiting';
    if (state.at === 'rest' && came) section.current?.querySelector('button')?.focus();
    before.current = state.at;
  }, [state.at]);

  return (
    <section ref={section} class="import" aria-label={imports.label}>
      <Ways sites={possible.value?.names ?? ['anilist']} steps={steps} />
      {state.at === 'rest' && (
        <p class="import-where quiet">
          {imports.where[0]}
          <a href={EXPORT_PAGE} target="_blank" rel="noreferrer">
            {imports.where[1]}
          </a>
          {imports.where[2]}
          <span class="by-mouse">{imports.where[3]}</span>
        </p>
      )}
      {state.at === 'name' && (
        <NameField key={state.site} site={state.site} onName={steps.lookUp} onCancel={steps.stop} />
      )}
      {state.at === 'waiting' && (
        <p class="import-note" role="status">
          {state.site === null
            ? imports.reading
            : imports.asking(imports.sites[state.site] ?? state.site)}{' '}
          <button type="button" class="plain" onClick={steps.stop}>
            {imports.cancel}
          </button>
        </p>
      )}
      {state.at === 'error' && <ImportError error={state.error} again={state.again} />}
      {state.at === 'preview' && (
        <state.View preview={state.preview} onUse={onUse} onLeave={steps.stop} />
      )}
      {held && (
        <p class="import-drop" role="status">
          {imports.drop}
        </p>
      )}
    </section>
  );
}

function Ways({ sites, steps }: { sites: Imports['names']; steps: ImportSteps }) {
  const { imports } = useMessages();
  const { state, askName, readFile } = steps;
  return (
    <div class="import-ways">
      <span class="import-lead">{imports.lead}</span>
      <FileButton
        label={imports.malFile}
        accept=".xml,.gz,.zip,text/xml,application/gzip"
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
          {imports.nameAt(imports.sites[site] ?? site)}
        </button>
      ))}
      <FileButton label="CSV" accept=".csv,.tsv,.txt,.json,.zip,.gz,text/csv" onFile={readFile} />
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
          // Reset, so that the same file can be chosen again after a change.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

/** Not retried automatically, because an import is a single action. */
function ImportError({ error, again }: { error: Error; again: (() => void) | null }) {
  const { imports, errors } = useMessages();
  const sentence = () => {
    if (error instanceof ProblemError) return imports.refused(error.status, error.message);
    return isTemporary(error) ? imports.silent : errors.unreadable;
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
