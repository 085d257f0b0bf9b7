/** The screen is the path of the address, so that back and forward work. */
import { useEffect, useState } from 'preact/hooks';
import { historyEntry } from './history-entry.ts';

export interface ScreenControls {
  readonly path: string;
  /** @param href path and fragment, as hrefOf() of the visit gives it */
  readonly go: (href: string) => void;
}

export function useScreen(): ScreenControls {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const travel = () => setPath(location.pathname);
    addEventListener('popstate', travel);
    return () => removeEventListener('popstate', travel);
  }, []);
  return {
    path,
    go(href) {
      history.pushState({ ...historyEntry(), depth: 0 }, '', href);
      setPath(location.pathname);
      scrollTo(0, 0);
      // A screen reader then announces the new screen.
      document.querySelector('main')?.focus({ preventScroll: true });
    },
  };
}
