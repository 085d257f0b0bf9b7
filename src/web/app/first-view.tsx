/**
 * What a first visit shows, as HTML: build/page.js writes it into index.html, so that the question is painted before any
 * script has arrived. The page then takes it over as it stands (main.tsx).
 */
import { renderToString } from 'preact-render-to-string';
import type { Language } from '../display/settings.ts';
import { DisplayProvider } from '../display/use-display.tsx';
import { App } from './app.tsx';

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
