/** Entry point of the page. */
import { hydrate, render } from 'preact';
import { DisplayProvider } from '../display/use-display.tsx';
import { fragmentFor } from './address.ts';
import { App } from './app.tsx';
import { forgetWithOthers } from './forget.ts';
import { historyEntry, isForgotten } from './history-entry.ts';
import { rememberedSince } from './kept-visit.ts';
import './tokens.css';
import './page.css';
import '../display/display.css';
import '../poster/poster.css';
import '../poster/tiles.css';
import '../list/list.css';
import '../rules/rules.css';
import '../ui/question.css';
import './screens.css';
import '../title/sheet.css';
import '../import/import.css';
import '../watchlist/watchlist.css';
import '../taste/taste.css';
import '../map/map.css';
import '../wish/wish.css';

// An entry from before everything was forgotten has its old address; old and shared links have the visit in their query.
if (isForgotten(historyEntry(), rememberedSince()))
  history.replaceState(history.state, '', location.pathname);
else if (location.search)
  history.replaceState(history.state, '', location.pathname + fragmentFor(location));

forgetWithOthers();

const root = document.getElementById('page');
if (root) {
  // On a first visit index.html already contains the first view.
  const start = root.firstElementChild ? hydrate : render;
  start(
    <DisplayProvider>
      <App />
    </DisplayProvider>,
    root,
  );
}

// Registered after the page has loaded, so as not to slow the first paint. Without it only offline use is lost.
addEventListener('load', () => {
  navigator.serviceWorker
    ?.register('/shell-worker.js')
    .catch((error: unknown) => console.warn(error));
});
