/** Says what has just been done, and goes away by itself; not while it is pointed at or has the focus. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

const STAYS = 7000;

interface Props {
  /** what it is about: a new one stays for the whole time again */
  readonly about: string | number;
  readonly undo: string;
  readonly onUndo: () => void;
  readonly onGone: () => void;
  readonly children: ComponentChildren;
}

export function Toast({ about, undo, onUndo, onGone, children }: Props) {
  const [held, setHeld] = useState(false);
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => gone.current(), STAYS);
    return () => clearTimeout(timer);
  }, [held, about]);
  return (
    <div
      class="toast"
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      {children}
      <button
        type="button"
        class="plain"
        onClick={() => {
          onUndo();
          onGone();
        }}
      >
        {undo}
      </button>
    </div>
  );
}
