/** The request of an event as a command. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf, eventOf, eventRequest } from '../../../console/gateway/event-request.ts';

const api = { url: 'http://127.0.0.1:3000', apiKey: "key'with$quote" };
/** A shell with a `curl` that prints its body and the number of its arguments. */
const fakeCurl = 'curl() { case "$*" in *@-*) cat ;; *) for last; do :; done; printf %s "$last" ;; esac; }; ';
const bodyOf = (command: string): string =>
  spawnSync('sh', { input: fakeCurl + command, encoding: 'utf8' }).stdout;

test.each([
  ['quotes, dollars and backslashes', `it's "$HOME" \`id\` \\n \\`],
  ['other scripts and line ends', 'é 🛒 中\n\r\n\t'],
  ['more than an argument of a process can hold', `it's ${'x'.repeat(200_000)}`],
])('keeps the body as it is with %s', (_, text) => {
  const event = { event_name: 'Purchase', description: text };
  expect(JSON.parse(bodyOf(curlOf(eventRequest(api, event))))).toEqual(event);
});

test('names the destination, and grants consent where the API requires it', () => {
  const event = { event_name: 'Purchase', event_id: 'a', event_time: 1 };
  expect(eventOf({ event, destination: 'app' }, false)).toEqual({ ...event, destination: 'app' });
  expect(eventOf({ event, destination: 'app' }, true)).toMatchObject({ consent: 'granted' });
});
