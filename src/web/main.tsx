/** The page starts here. */
import { hydrate, render } from 'preact';
import { App } from './app.tsx';
import { DisplayProvider } from './use-display.tsx';
import './tokens.css';
import './page.css';
import './display.css';
import './poster.css';
import './list.css';
import './rules.css';
import './question.css';
import './screens.css';
import './sheet.css';
import './bring.css';
import './taste.css';
import './map.css';
import './words.css';

const root = document.getElementById('page');
if (root) {
  // The first view stands there already on a first visit (index.html).
  const start = root.firstElementChild ? hydrate : render;
  start(
    <DisplayProvider>
      <App />
    </DisplayProvider>,
    root,
  );
}

// After the page has loaded, so that keeping it does not slow its first showing. Without it only opening offline is lost.
addEventListener('load', () => {
  navigator.serviceWorker
    ?.register('/shell-worker.js')
    .catch((error: unknown) => console.warn(error));
});
