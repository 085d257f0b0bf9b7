/** Entry point of the operators' console, which is a separate page. */
import { render } from 'preact';
import { DisplayProvider } from '../display/use-display.tsx';
import { AdminPage } from './page.tsx';
import '../app/tokens.css';
import '../app/page.css';
import '../display/display.css';
import '../ui/question.css';
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
