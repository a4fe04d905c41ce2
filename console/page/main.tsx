/** Starts the console's page. */
import { render } from 'preact';
import { createApi } from './api-client.ts';
import { App } from './app.tsx';
import { takeToken } from './state/token.ts';

const root = document.getElementById('app');
if (root !== null) render(<App api={createApi(takeToken())} />, root);
