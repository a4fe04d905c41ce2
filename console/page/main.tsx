/** Starts the console's page. */

// First, because uPlot reads the language when it loads.
import './valid-language.ts';
import { render } from 'preact';
import { createApi } from './api-client.ts';
import { App } from './app.tsx';
import { followToken, takeToken } from './state/token.ts';

followToken();
const root = document.getElementById('app');
if (root !== null) render(<App api={createApi(takeToken())} />, root);
