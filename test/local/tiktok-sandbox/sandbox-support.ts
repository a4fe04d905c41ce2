/** A sandbox on a port of its own, and requests to it. */
import { afterEach } from 'vitest';
import { type SandboxSettings, startSandbox } from '../../../local/tiktok-sandbox/sandbox.ts';

export const trackPath = '/open_api/v1.3/event/track/';
export const token = 'valid-access-token';
export const digest = 'a'.repeat(64);

export type RunningSandbox = Awaited<ReturnType<typeof startSandbox>>;

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

export async function start(settings: Partial<SandboxSettings> = {}): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ tokens: [token], pixels: ['PIXEL', 'OTHER'], ...settings });
  stops.push(() => sandbox.stop());
  return sandbox;
}

export const event = (fields: object = {}) => ({
  event: 'Purchase',
  event_time: 1_767_225_600,
  event_id: 'order-1',
  user: { email: digest },
  ...fields,
});

export const body = (fields: object = {}) => ({
  event_source: 'web',
  event_source_id: 'PIXEL',
  data: [event()],
  ...fields,
});

export const headers = { 'content-type': 'application/json', 'access-token': token };

/** Posts a body to event/track and returns the status and the parsed answer. */
export async function track(sandbox: RunningSandbox, sent: unknown, init: RequestInit = {}) {
  const options = { method: 'POST', headers, redirect: 'manual', ...init } as const;
  const response = await fetch(sandbox.url + trackPath, { ...options, body: JSON.stringify(sent) });
  const text = await response.text();
  return { status: response.status, text, ...(text.startsWith('{') ? JSON.parse(text) : {}) };
}

/** Calls `/_sandbox/…` and returns the status and the parsed answer. */
export async function control(sandbox: RunningSandbox, method: string, path: string, sent?: unknown) {
  const options = sent === undefined ? {} : { body: JSON.stringify(sent) };
  const response = await fetch(`${sandbox.url}/_sandbox/${path}`, { method, ...options });
  const answer = (await response.json()) as { requests?: unknown; faults?: unknown; error?: string };
  return { status: response.status, ...answer };
}
