/** Navigation between screens; nothing while the list is the only one. */

import { useMessages } from '../display/use-display.tsx';
import { isPlainClick } from '../ui/plain-click.ts';
import { LIST_PATH, SCREENS } from './screens.ts';

interface Props {
  readonly path: string;
  readonly hrefOf: (path: string) => string;
  readonly onGo: (href: string) => void;
}

export function ScreenNav({ path, hrefOf, onGo }: Props) {
  const { screens } = useMessages();
  if (SCREENS.length === 0) return null;
  return (
    <nav class="screens" aria-label={screens.label}>
      {[{ path: LIST_PATH, label: 'list' as const }, ...SCREENS].map((screen) => (
        <ScreenLink
          key={screen.path}
          href={hrefOf(screen.path)}
          current={screen.path === path}
          onGo={onGo}
        >
          {screens[screen.label]}
        </ScreenLink>
      ))}
    </nav>
  );
}

interface LinkProps {
  readonly href: string;
  readonly current?: boolean;
  readonly onGo: (href: string) => void;
  readonly children: string;
}

/** A link that changes the screen without a page load, and still works in a new tab. */
export function ScreenLink({ href, current, onGo, children }: LinkProps) {
  return (
    <a
      href={href}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        onGo(href);
      }}
    >
      {children}
    </a>
  );
}
