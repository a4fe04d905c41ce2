import { expect, it } from 'vitest';
import { decodeIngest } from '../../../lib/secrets/secret-values.ts';

it('keeps the API keys when the secret of one webhook is empty', () => {
  const text = JSON.stringify({ keys: [{ id: 'a', key: 'k' }], webhooks: { shopify: { secrets: [''] } } });
  expect(decodeIngest('ingest', text).keys).toMatchObject([{ id: 'a', destinations: ['*'] }]);
});
