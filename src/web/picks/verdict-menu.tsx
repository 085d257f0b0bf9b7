/** A menu of verdicts over a poster. Arrow keys move, Esc closes. */
import { useEffect, useRef } from 'preact/hooks';
import { useMessages } from '../display/use-display.tsx';
import type { Verdict } from './picks.ts';
import { MENU } from './verdict-labels.ts';

interface Props {
  readonly title: string;
  readonly verdict: Verdict | null;
  readonly onChoose: (verdict: Verdict | null) => void;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

export function VerdictMenu({ title, verdict, onChoose, onOpen, onClose }: Props) {
  const { verdict: messages } = useMessages();
  const menu = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    menu.current?.querySelector('button')?.focus();
    // The whole menu, not only the focused item.
    menu.current?.scrollIntoView({ block: 'nearest' });
    const outside = (event: Event) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) close.current();
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, []);

  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      onClose();
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const items = Array.from(menu.current?.querySelectorAll('button') ?? []);
    const at = items.findIndex((item) => item.matches(':focus'));
    items[(at + step + items.length) % items.length]?.focus();
  };

  return (
    <div
      ref={menu}
      class="verdict-menu"
      role="menu"
      tabIndex={-1}
      aria-label={messages.about(title)}
      onKeyDown={keys}
    >
      {MENU.map(([word, name]) => (
        <button
          key={name}
          type="button"
          role="menuitemradio"
          aria-checked={verdict === word}
          onClick={() => onChoose(verdict === word ? null : word)}
        >
          {messages.menu[name]}
        </button>
      ))}
      <button type="button" role="menuitem" class="open" onClick={onOpen}>
        {messages.more}
      </button>
    </div>
  );
}
