/** The screen at a path, loaded when it is first opened. */
import type { ComponentType } from 'preact';
import { UnreachableError } from '../../api/client.ts';
import { useMessages } from '../display/use-display.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { ScreenLink } from './screen-nav.tsx';
import type { ScreenProps } from './screen-props.ts';
import { LIST_PATH, SCREENS } from './screens.ts';

interface Props extends ScreenProps {
  readonly path: string;
  readonly hrefOf: (path: string) => string;
  readonly onGo: (href: string) => void;
}

export function ScreenView({ path, hrefOf, onGo, ...props }: Props) {
  const { screens } = useMessages();
  const screen = useAnswer(path, () => loadScreen(path));
  // Until this screen is loaded, do not show the previous one under the new address.
  const Component = screen.loading ? undefined : screen.value?.component;
  if (Component) return <Component {...props} />;
  if (screen.error) return <ErrorNotice error={screen.error} onRetry={screen.retry} />;
  if (screen.loading) return <p class="empty quiet">{screens.opening}</p>;
  return (
    <div class="empty">
      <h1>{screens.nothing}</h1>
      <ScreenLink href={hrefOf(LIST_PATH)} onGo={onGo}>
        {screens.back}
      </ScreenLink>
    </div>
  );
}

/** @returns null instead of a component when there is no such screen */
async function loadScreen(
  path: string,
): Promise<{ readonly component?: ComponentType<ScreenProps> }> {
  const screen = SCREENS.find((other) => other.path === path);
  if (!screen) return {};
  try {
    return { component: await screen.load() };
  } catch (cause) {
    throw new UnreachableError(new URL(location.href), { cause });
  }
}
