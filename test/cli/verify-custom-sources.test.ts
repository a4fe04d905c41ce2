/** `verify` proves a custom source with every place of a signature or token, over real HTTP. */
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { VerifyContext } from '../../cli/verify/verify-context.ts';
import { checkWebhooks } from '../../cli/verify/webhook-steps.ts';
import { toResponse } from '../../lib/http/api-answer.ts';
import { parseSources } from '../../lib/webhooks/source-settings.ts';
import { createHttpApi } from '../../local/api-gateway/http-api.ts';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';
import { webhookReceiver } from '../support/webhooks/receive-webhooks.ts';
import { type Json, nowMs } from '../support/webhooks/webhook-bodies.ts';

const secret = 'a token & a secret + more';

async function verify(settings: Json) {
  const { receive, sent } = await webhookReceiver({ settings, secrets: [[secret]] });
  const invoke = async (event: Parameters<typeof receive>[0]) => toResponse(await receive(event), event);
  const routes = new Map([['POST /v1/webhooks/shop', { name: 'webhook', invoke, timeoutMs: 10_000 }]]);
  const server = createServer(createHttpApi({ routes }));
  const url = await listenOnLoopback(server, 0);
  onTestFinished(() => closeServer(server));
  const context = {
    stage: { name: 'local', apiUrl: async () => url },
    settings: () => ({ sources: parseSources({ shop: settings }) }),
    ingest: async () => ({ webhooks: { shop: { secrets: [secret] } } }),
    now: () => nowMs,
  } as unknown as VerifyContext;
  return { steps: await checkWebhooks(context), sent };
}

const mapping = { event_name: "'Lead'", event_id: 'id', email: 'email' };

test.each<[string, Json]>([
  [
    'an HMAC in fields',
    {
      auth: {
        profile: 'hmac',
        header: 'x-sig',
        fields: { timestamp: 't', signature: 'v1' },
        signedTemplate: '{timestamp}.{body}',
      },
    },
  ],
  ['an HMAC in the query', { auth: { profile: 'hmac', query: 'signature', encoding: 'base64' } }],
  ['an HMAC of a form', { auth: { profile: 'hmac', header: 'x-sig' }, format: 'form' }],
  ['a token in the query', { auth: { profile: 'static-token', query: 'token' } }],
  ['a token in the body', { auth: { profile: 'static-token', body: 'data.token' } }],
  ['a token in a form', { auth: { profile: 'static-token', body: 'token' }, format: 'form' }],
])('verify passes a custom source with %s, sends no event, and shows no secret', async (_what, settings) => {
  const { steps, sent } = await verify({ platform: 'custom', mapping, ...settings });
  expect(steps).toMatchObject([{ outcome: 'ok' }]);
  expect(JSON.stringify(steps)).not.toContain('token &');
  expect(sent).toEqual([]);
});
