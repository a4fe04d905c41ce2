/** Pages of `api.corsOrigins` can post events with an API key; without the setting, no page can. */
import { expect, test } from 'vitest';
import { allowedPages } from '../../../lib/ingest/allowed-pages.ts';
import { runChain } from '../../support/http/http-chain.ts';
import { httpEvent } from '../../support/http/http-event.ts';

const page = 'https://app.example';
const preflight = async (origins: readonly string[], headers: Readonly<Record<string, string>>) =>
  (
    await runChain([...allowedPages(origins)], async () => ({ statusCode: 202 }), {
      event: httpEvent({ method: 'OPTIONS', headers }),
    })
  ).headers ?? {};

test('lets a page of the list send its key and an idempotency key, and no cookies', async () => {
  const headers = await preflight(['https://other.example', page], { origin: page });
  expect(headers).toMatchObject({
    'access-control-allow-origin': page,
    'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, X-Api-Key',
  });
  expect(headers).not.toHaveProperty('access-control-allow-credentials');
});

test.each([{ origin: 'https://app.example.evil' }, { origin: 'null' }, {}])(
  'gives no permission to a page that is not in the list: %j',
  async (headers) => {
    expect(await preflight([page], headers)).not.toHaveProperty('access-control-allow-origin');
  },
);

test('adds nothing to answers without a list', () => {
  expect(allowedPages([])).toEqual([]);
});
