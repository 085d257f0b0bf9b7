/**
 * What a first visit shows, as HTML: build.js writes it into index.html, so that the question is painted before any
 * script has arrived. The page then takes it over as it stands (main.tsx).
 */
import { renderToString } from 'preact-render-to-string';
import { App } from './app.tsx';
import type { Language } from './settings.ts';
import { DisplayProvider } from './use-display.tsx';

/**
 * @returns HTML of the page's root
 * Leaves `location` and `navigator` as an untouched browser of that language has them.
 */
export function firstView(language: Language): string {
  const browser = { location: { pathname: '/', search: '' }, navigator: { languages: [language] } };
  for (const [name, value] of Object.entries(browser))
    Object.defineProperty(globalThis, name, { value, configurable: true });
  return renderToString(
    <DisplayProvider>
      <App />
    </DisplayProvider>,
  );
}
