/** The sandbox of `npm start`. */
import type { JournalState } from '../journal/routes.ts';
import { advertisers, oauthApp } from '../stage.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

/** Tokens and pixels come with the stage. */
export const createStageSandbox = ({ events }: JournalState): Sandbox =>
  createSandbox({ tokens: [], pixels: [], apps: [oauthApp], advertisers, onReceived: events.sent });
