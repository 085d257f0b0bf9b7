/**
 * Renders what a first visit shows. build/page.js writes it into index.html, so that it is painted before any script has
 * loaded; main.tsx then hydrates it.
 */
import { renderToString } from 'preact-render-to-string';
import type { Language } from '../display/settings.ts';
import { DisplayProvider } from '../display/use-display.tsx';
import { App } from './app.tsx';

/**
 * Sets the globals `location`, `history` and `navigator` as in a new browser of that language.
 * @returns HTML of the page's root
 */
export function firstView(language: Language): string {
  const browser = {
    location: { pathname: '/', hash: '' },
    history: { state: null },
    navigator: { languages: [language] },
  };
  for (const [name, value] of Object.entries(browser))
    Object.defineProperty(globalThis, name, { value, configurable: true });
  return renderToString(
    <DisplayProvider>
      <App />
    </DisplayProvider>,
  );
}
