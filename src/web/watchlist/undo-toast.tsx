/** Says what has just been done with a title of the watchlist, and offers to undo it. */
import { useEffect, useRef, useState } from 'preact/hooks';

const STAYS = 7000;

interface Props {
  readonly text: string;
  readonly undo: string;
  readonly onUndo: () => void;
  readonly onGone: () => void;
}

export function UndoToast({ text, undo, onUndo, onGone }: Props) {
  const [held, setHeld] = useState(false);
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => gone.current(), STAYS);
    return () => clearTimeout(timer);
  }, [held, text]);
  return (
    <div
      class="toast"
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <p>{text}</p>
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
