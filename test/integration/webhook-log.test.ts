/** A mapping with mistakes, in the real function behind real HTTP, secrets and queue: what its log and the terminal say. */
import { createColors } from 'picocolors';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type Gateway, startGateway } from '../../local/gateway.ts';
import type { Invoke } from '../../local/lambda/invoke-function.ts';
import { prettyLine } from '../../local/log/pretty-log.ts';
import { eventually } from '../support/eventually.ts';

const auth = { profile: 'static-token', header: 'x-token' };
const mapping = {
  'source.when': "type == 'order.paid'",
  event_name: "'Purchase'",
  event_id: 'data.id',
  email: 'data.attributes.emial',
  external_id: 'data.customer_id',
  value: 'to_number(data.attributes.totl)',
  currency: 'data.attributes.currency',
  contents: 'data.lines[].{content_id: skuu, quantity: qty}',
  custom_properties: { channel: 'web' },
};
/** The gateway has a route and a secret for these names. */
const sources = {
  shopify: { platform: 'custom', auth, mapping },
  stripe: { platform: 'custom', auth, mapping, dryRun: true },
};

let gateway: Gateway;

beforeAll(async () => {
  // The function reads its settings when it is loaded, here with the sources of this test.
  const webhook: Invoke<unknown> = async (event, context) => {
    process.env.SOURCES = JSON.stringify(sources);
    const { handler } = await import('../../functions/webhook.ts');
    return handler(event as never, context as never);
  };
  gateway = await startGateway({ port: 0, sqsPort: 0, mapping: { windowMs: 20 }, handlers: { webhook } });
});
afterAll(() => gateway.stop());

const order = {
  type: 'order.paid',
  data: {
    id: 'o-1',
    customer_id: 'c-1',
    attributes: { total: '19.99', currency: 'EUR', email: 'canary@example.com' },
    lines: [{ sku: 'A', qty: 2 }],
  },
};

/** @returns the log line of one webhook, as the function writes it */
async function logLineOf(source: string, body: unknown, token = `local-${source}-secret`): Promise<string> {
  const written: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0),
  );
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  const response = await fetch(`${gateway.url}/v1/webhooks/${source}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-token': token },
    body: JSON.stringify(body),
  });
  await response.text();
  const find = async () =>
    written
      .join('')
      .split('\n')
      .find((line) => line.includes('"webhook received"'));
  const line = await eventually(find, (found) => found !== undefined);
  return line ?? '';
}

const shown = (line: string) =>
  prettyLine(line, createColors(false))
    ?.replace(/^\d\d:\d\d:\d\d /, '')
    .replace(/ trace=\S+/, '')
    .split(/\n +/);

const became = {
  event_name: 'Purchase',
  fields: 'event_id, event_time, external_id, currency, contents',
  empty:
    'email (data.attributes.emial); value (to_number(data.attributes.totl)); contents.content_id (skuu); custom_properties.channel (web)',
  hint: [
    'email: data.attributes has no emial; did you mean email?',
    'value: data.attributes has no totl; did you mean total?',
    'contents.content_id: data.lines[] has no skuu; did you mean sku?',
    `custom_properties.channel: the body has no web: a constant needs quotes of its own, "'web'"`,
  ].join(' | '),
};

test.each(['shopify', 'stripe'])(
  'logs what became of the webhook of %s, sent or in a dry run',
  async (source) => {
    const line = await logLineOf(source, order);
    const isDryRun = source === 'stripe';
    expect(JSON.parse(line)).toMatchObject({ source, accepted: 1, ...(isDryRun && { dry_run: true }) });
    expect(JSON.parse(line)).toMatchObject(became);
    expect(line.length).toBeLessThan(1024);
    expect(line).not.toContain('canary');
    expect(shown(line)?.slice(0, 3)).toEqual([
      `→ ${source} → Purchase${isDryRun ? ' (dry run: not sent)' : ''}`,
      `fields  ${became.fields}`,
      `empty   ${became.empty}`,
    ]);
    expect(shown(line)?.slice(3)).toEqual(became.hint.split(' | ').map((hint) => `! ${hint}`));
  },
);

test('logs which condition left a webhook out', async () => {
  const line = await logLineOf('shopify', { ...order, type: 'Order.Paid' });
  expect(shown(line)).toEqual([
    '→ shopify → skipped: filtered (detail: source.when)',
    "! source.when: type and 'order.paid' differ only in case or space",
    expect.stringMatching(/^`source.when` or `source.each` of the mapping left nothing\./),
  ]);
});

test('shows why a webhook is rejected, and what to do', async () => {
  const line = await logLineOf('shopify', order, 'wrong');
  expect(shown(line)).toEqual([
    '✗ shopify → rejected with 401: signature_mismatch',
    expect.stringContaining('Store the new secret with `keys add --webhook`.'),
  ]);
});
