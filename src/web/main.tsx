/** The page starts here. */
import { render } from 'preact';
import { App } from './app.tsx';
import { DisplayProvider } from './use-display.tsx';
import './tokens.css';
import './page.css';
import './display.css';
import './poster.css';
import './list.css';
import './rules.css';
import './screens.css';
import './sheet.css';
import './words.css';

const root = document.getElementById('page');
if (root) {
  render(
    <DisplayProvider>
      <App />
    </DisplayProvider>,
    root,
  );
}
