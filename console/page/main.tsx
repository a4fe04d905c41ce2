/** Starts the console's page. */
import { render } from 'preact';

const root = document.getElementById('app');
if (root !== null) render(<h1>TikTok Events Gateway</h1>, root);
