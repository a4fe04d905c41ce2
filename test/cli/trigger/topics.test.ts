/** `trigger` sends every topic that it lists so that the gateway takes it, and lists every topic that a platform maps. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePlatforms, samplesOf } from '../../../cli/trigger/samples/platforms.ts';
import { exampleSettings } from '../../../cli/trigger/source/example-source.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { bigcommerceSettings, bigcommerceTopics } from '../../../lib/webhooks/bigcommerce/settings.ts';
import {
  eventNameOf as nuvemshopEventName,
  nuvemshopSettings,
} from '../../../lib/webhooks/nuvemshop/settings.ts';
import { platforms } from '../../../lib/webhooks/platforms.ts';
import { shopifySettings, shopifyTopics } from '../../../lib/webhooks/shopify/settings.ts';
import { shoplazzaSettings, shoplazzaTopics } from '../../../lib/webhooks/shoplazza/settings.ts';
import { wooSettings, wooTopics } from '../../../lib/webhooks/woocommerce/settings.ts';
import { runCli } from '../support/run-cli.ts';
import { type PrintedRequest, startTriggers, type Triggers } from './run-trigger.ts';

interface Entry {
  readonly trigger: string;
  readonly when: string;
  readonly becomes?: string;
  readonly reason?: string;
}

const list = async (...args: string[]): Promise<readonly Entry[]> =>
  JSON.parse((await runCli(['trigger', ...args, '--json'])).stdout).triggers;

const entries = await list('--list');

let triggers: Triggers;
beforeAll(async () => {
  triggers = await startTriggers();
});
afterAll(() => triggers.stop());

const sales = ['Purchase', 'PlaceAnOrder', 'InitiateCheckout', 'Subscribe'];
/** Nobody has typed an address yet. */
const anonymous = 'shopify:checkouts/create';

describe.concurrent('a webhook of the list', () => {
  test.for(entries)(
    'is accepted or skipped as the list says: $trigger',
    async ({ trigger, becomes, reason }) => {
      const { code, accepted, skipped, events = [] } = await triggers.json([trigger]);
      expect(code).toBe(0);
      if (becomes === undefined) {
        expect({ accepted, skipped }).toEqual({ accepted: 0, skipped: reason === 'ping' ? [] : [reason] });
        return;
      }
      expect({ accepted, skipped }).toEqual({ accepted: 1, skipped: [] });
      expect(events).toEqual([{ event_name: becomes, event_id: expect.any(String) }]);
      const event = await triggers.delivered(events[0]?.event_id);
      expect(event).toMatchObject({ event: becomes });
      if (sales.includes(becomes)) expect(event).toHaveProperty('properties.value', 59.9);
      if (sales.includes(becomes)) expect(event).toHaveProperty('properties.currency', 'USD');
      const email = trigger === anonymous ? undefined : sha256('robin.walker@example.com');
      expect((event.user as Record<string, unknown>).email).toEqual(email);
    },
  );

  test.for(entries)(
    'is accepted when its printed bytes are sent again: $trigger',
    async ({ trigger, becomes }) => {
      const { before = [], ...request } = await triggers.print([trigger]);
      for (const one of before) expect((await sendPrinted(one)).status).toBeLessThan(300);
      const answer = await sendPrinted(request);
      expect([answer.status, await answer.json()]).toEqual([
        200,
        expect.objectContaining({ accepted: becomes === undefined ? 0 : 1 }),
      ]);
    },
  );
});

const sendPrinted = ({ method, url, headers, body }: PrintedRequest) => fetch(url, { method, headers, body });

test('prints a curl command for the shell that sends exactly what it shows', async () => {
  const { stdout, stderr } = await triggers.run([
    'shopify:orders/paid',
    '--set',
    "last_name=O'Neil",
    '--set',
    'note=50 % "off" \\n $HOME',
    '--print',
  ]);
  expect(stderr).toBe('');
  const { stdout: answer } = await promisify(execFile)('sh', ['-c', stdout]);
  expect(JSON.parse(answer)).toEqual({ accepted: 1, skipped: [] });
});

test('prints a request without a running gateway, and sends nothing', async () => {
  const { code, stdout } = await runCli(['trigger', 'stripe:checkout.session.completed', '--print'], {
    env: { PORT: '1', SQS_PORT: '1' },
  });
  expect(code).toBe(0);
  expect(stdout).toContain("curl -sS -X POST 'http://127.0.0.1:1/v1/webhooks/stripe'");
});

test.for([...new Set(entries.map(({ trigger }) => trigger.split(':', 1)[0] ?? ''))])(
  'signs a body of %s without a running gateway with the secret that it starts with',
  async (platform) => {
    const args = ['trigger', `${platform}:any`, '--body', '-', '--print', '--json'];
    const { stdout } = await runCli(args, { env: { PORT: '1', SQS_PORT: '1' }, input: '{"id":1}' });
    const { url, ...request } = JSON.parse(stdout) as PrintedRequest;
    const answer = await sendPrinted({
      ...request,
      url: url.replace('http://127.0.0.1:1', triggers.gateway.url),
    });
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ accepted: 0 })]);
  },
);

/** Sessions have these types; any of them that is mapped must be in the list. */
const sessionTypes = ['completed', 'async_payment_succeeded', 'async_payment_failed', 'expired'].map(
  (type) => `checkout.session.${type}`,
);

/** All that its documentation names for orders and customers. */
const nuvemshopEvents = [
  ...['created', 'updated', 'paid', 'pending', 'packed', 'fulfilled', 'cancelled', 'voided', 'edited'].map(
    (event) => `order/${event}`,
  ),
  ...['created', 'updated', 'deleted'].map((event) => `customer/${event}`),
];
const nuvemshop = nuvemshopSettings().parse(exampleSettings('nuvemshop'));

const mapped: Readonly<Record<string, readonly string[]>> = {
  shopify: Object.keys(shopifyTopics(shopifySettings().parse(exampleSettings('shopify')))),
  woocommerce: Object.keys(wooTopics(wooSettings().parse(exampleSettings('woocommerce')))),
  shoplazza: Object.keys(shoplazzaTopics(shoplazzaSettings().parse(exampleSettings('shoplazza')))),
  bigcommerce: Object.keys(bigcommerceTopics(bigcommerceSettings().parse(exampleSettings('bigcommerce')))),
  stripe: sessionTypes,
  nuvemshop: nuvemshopEvents.filter((event) => nuvemshopEventName(event, nuvemshop) !== undefined),
};

test('compares the list with every platform that has topics', () => {
  const withTopics = platforms
    .map(({ name }) => name)
    .filter((name) => !['standard', 'custom'].includes(name));
  expect(Object.keys(mapped).toSorted()).toEqual(withTopics.toSorted());
});

test.each(Object.entries(mapped))('lists every topic that %s maps by default', (platform, topics) => {
  expect(samplesOf(platform)?.samples.map(({ topic }) => topic)).toEqual(expect.arrayContaining([...topics]));
});

test('has bodies for every platform but custom, whose bodies only its sender knows', () => {
  const known = samplePlatforms.map(({ platform }) => platform);
  const missing = platforms.map(({ name }) => name).filter((name) => !known.includes(name));
  expect(missing).toEqual(['custom']);
});

test('lists compliance requests of Shopify and the ping of WooCommerce as skipped', () => {
  const skipped = Object.fromEntries(entries.map(({ trigger, reason }) => [trigger, reason]));
  expect(skipped).toMatchObject({
    'shopify:customers/redact': 'compliance_topic',
    'shopify:refunds/create': 'ignored_topic',
    'woocommerce:ping': 'ping',
    'bigcommerce:store/order/refund/created': 'ignored_topic',
  });
});

test('lists the topics of one platform in words', async () => {
  const { code, stdout } = await runCli(['trigger', 'stripe', '--list']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^stripe:checkout\.session\.completed +.*Purchase$/m);
  expect(stdout).not.toContain('shopify:orders/create');
});

test('shows the list when no topic is given', async () => {
  expect((await list()).map(({ trigger }) => trigger)).toEqual(entries.map(({ trigger }) => trigger));
});
