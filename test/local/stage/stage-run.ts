/** `npm start -- --stage shop` in a copy of the project, with signed webhooks and what the sandbox received. */
import { createHmac } from 'node:crypto';
import { eventually } from '../../support/eventually.ts';
import { type SandboxRequest, spawnGateway } from '../../support/gateway/gateway-process.ts';
import type { StageProject } from '../../support/gateway/stage-project.ts';
import { fixture, type Json } from '../../support/webhooks/webhook-bodies.ts';

export type StageRun = Awaited<ReturnType<typeof startStage>>;

/** Starts the gateway of the copy with its stage file `shop`. */
export async function startStage(project: StageProject, args: readonly string[] = []) {
  const run = spawnGateway(
    { LOCAL_API_KEY: '', TIKTOK_API_URL: '' },
    ['--stage', 'shop', ...args],
    project.gatewayFile,
  );
  const readyLine = await run.ready();
  const url = /Ready at (\S+)/.exec(readyLine)?.[1] ?? '';
  const json = async (path: string) => (await fetch(url + path)).json();
  const requests = async () =>
    ((await json('/_sandbox/requests')) as { requests: SandboxRequest[] }).requests;
  const post = (path: string, body: string, headers: Readonly<Record<string, string>>) =>
    fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  return {
    readyLine,
    url,
    output: run.output,
    json,
    post,
    requests,
    /** Posts an order that is signed as the source `orders` of the tests expects it. */
    order: (id: string, source = 'orders', secret = `local-${source}-secret`) => {
      const body = JSON.stringify({ id, mail: 'jane@example.com', total: 20, sum: 30 });
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      return post(`/v1/webhooks/${source}`, body, { 'x-signature': signature });
    },
    shopifyOrder: (source: string, secret: string) => {
      const now = new Date().toISOString();
      const order: Json = { ...fixture('shopify-order'), test: false, processed_at: now, updated_at: now };
      const body = JSON.stringify({ ...order, created_at: now });
      return post(`/v1/webhooks/${source}`, body, {
        'x-shopify-topic': 'orders/paid',
        'x-shopify-shop-domain': 'shop.myshopify.com',
        'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      });
    },
    /** Waits for the event with this id. @returns the request that contained it, and the event */
    delivered: async (id: string) => {
      const all = await eventually(requests, (seen) => seen.some((request) => holds(request, id)));
      const request = all.find((each) => holds(each, id));
      return { request, event: request?.body.data.find((event) => event.event_id === id) };
    },
    /** Waits for a line of the terminal. @returns the milliseconds that it took */
    printed: async (text: string) => {
      const start = performance.now();
      await eventually(() => run.output().includes(text));
      return performance.now() - start;
    },
    stop: () => {
      run.process.kill('SIGTERM');
      return run.ended;
    },
  };
}

const holds = ({ body }: SandboxRequest, id: string): boolean =>
  body.data?.some((event) => event.event_id === id) === true;

/** A source of your own, such as the tests send orders to. */
export const orders = (mapping: Json = {}): Json => ({
  platform: 'custom',
  auth: { profile: 'hmac', header: 'x-signature' },
  mapping: {
    event_name: "'Purchase'",
    event_id: 'id',
    email: 'mail',
    value: 'total',
    currency: "'EUR'",
    ...mapping,
  },
});
