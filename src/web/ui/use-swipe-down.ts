/** On a phone, pulling a sheet down by its head closes it. */
import { useRef } from 'preact/hooks';

/** Pixels after which letting go means close. */
const FAR = 96;

export function useSwipeDown(sheet: () => HTMLElement | null, onClose: () => void) {
  const start = useRef<number | null>(null);
  const pulled = useRef(0);
  const move = (distance: number) => {
    pulled.current = distance;
    const element = sheet();
    if (element) element.style.translate = distance > 0 ? `0 ${distance}px` : '';
  };
  return {
    onTouchStart(event: TouchEvent) {
      start.current = event.touches[0].clientY;
    },
    onTouchMove(event: TouchEvent) {
      if (start.current !== null) move(Math.max(0, event.touches[0].clientY - start.current));
    },
    onTouchEnd() {
      const far = pulled.current > FAR;
      start.current = null;
      move(0);
      if (far) onClose();
    },
  };
}
