/** The page starts here. */
import { render } from 'preact';
import { App } from './app.tsx';
import './tokens.css';
import './page.css';
import './poster.css';
import './list.css';
import './sheet.css';

const root = document.getElementById('page');
if (root) render(<App />, root);
