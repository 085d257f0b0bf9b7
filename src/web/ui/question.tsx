/** A question that is answered by one of two buttons before anything else; Esc is the second. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  /** of the element among `children` that asks */
  readonly labelledBy: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
  readonly children: ComponentChildren;
}

export function Question({ labelledBy, yes, no, onYes, onNo, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="question"
      aria-labelledby={labelledBy}
      onCancel={(event) => {
        event.preventDefault();
        onNo();
      }}
    >
      {children}
      <div class="question-say">
        <button type="button" class="primary" onClick={onYes}>
          {yes}
        </button>
        <button type="button" class="plain" onClick={onNo}>
          {no}
        </button>
      </div>
    </dialog>
  );
}
