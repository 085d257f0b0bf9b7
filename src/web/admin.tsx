/** The operators' console starts here; it is a page of its own. */
import { render } from 'preact';
import { AdminPage } from './admin-page.tsx';
import { DisplayProvider } from './use-display.tsx';
import './tokens.css';
import './page.css';
import './display.css';
import './question.css';
import './admin.css';

const root = document.getElementById('page');
if (root) {
  render(
    <DisplayProvider>
      <AdminPage />
    </DisplayProvider>,
    root,
  );
}
