/** A question that is answered by one of two buttons before anything else; Esc is the second. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  /** of the element among `children` that asks */
  readonly labelledBy: string;
  /** of an element among `children` that explains; default: none */
  readonly describedBy?: string;
  /** what "yes" does cannot be undone, so the focus begins at "no"; default: false */
  readonly isFinal?: boolean;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
  readonly children: ComponentChildren;
}

export function Question(props: Props) {
  const { labelledBy, describedBy, isFinal, yes, no, onYes, onNo, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const second = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const focused = document.activeElement;
    element?.showModal();
    if (isFinal) second.current?.focus();
    return () => {
      element?.close();
      // The browser does not do so for an element that is removed.
      if (focused instanceof HTMLElement) focused.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="question"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
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
        <button type="button" class="plain" ref={second} onClick={onNo}>
          {no}
        </button>
      </div>
    </dialog>
  );
}
