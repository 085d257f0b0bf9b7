/** Asks before everyone is served from another bundle. */
import { useEffect, useRef } from 'preact/hooks';
import { useAdminWords } from './use-admin-words.ts';

interface Props {
  readonly version: string;
  readonly inUse: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function SwitchQuestion({ version, inUse, onYes, onNo }: Props) {
  const { bundle: words } = useAdminWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="admin-question"
      aria-labelledby="switch-question"
      onCancel={(event) => {
        event.preventDefault();
        onNo();
      }}
    >
      <h2 id="switch-question">{words.question(version)}</h2>
      <p>{words.consequence(inUse)}</p>
      <div class="admin-question-say">
        <button type="button" class="primary" onClick={onYes}>
          {words.yes}
        </button>
        <button type="button" class="plain" onClick={onNo}>
          {words.no}
        </button>
      </div>
    </dialog>
  );
}
