/** Holding a finger, right-clicking or the menu key: all ask for more than a tap. */
import { useRef } from 'preact/hooks';

const LONG = 450;

export interface HoldEvents {
  readonly onContextMenu: (event: Event) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerLeave: () => void;
  readonly onPointerCancel: () => void;
  readonly onClickCapture: (event: Event) => void;
}

export function useHold(onHold: () => void): HoldEvents {
  const timer = useRef(0);
  const held = useRef(false);
  const release = () => clearTimeout(timer.current);
  return {
    onContextMenu(event) {
      event.preventDefault();
      release();
      onHold();
    },
    onPointerDown(event) {
      held.current = false;
      if (event.pointerType === 'mouse') return;
      timer.current = window.setTimeout(() => {
        held.current = true;
        onHold();
      }, LONG);
    },
    onPointerUp: release,
    onPointerLeave: release,
    onPointerCancel: release,
    // The click that ends a long press is not a tap.
    onClickCapture(event) {
      if (held.current) {
        event.preventDefault();
        event.stopPropagation();
      }
      held.current = false;
    },
  };
}
