/** POST /v1/webhooks/{source}, through the chain of functions/webhook.ts: every platform, signed rightly and wrongly. */
import middy from '@middy/core';
import { type ApiEvent, type ApiResponse, toResponse } from '../../../lib/http/api-answer.ts';
import { behindOrigin } from '../../../lib/http/middleware/behind-origin.ts';
import { problems } from '../../../lib/http/middleware/problems.ts';
import { requestLog } from '../../../lib/http/middleware/request-log.ts';
import { securityHeaders } from '../../../lib/http/middleware/security-headers.ts';
import { isObject } from '../../../lib/schema/is-object.ts';
import { createSecretCache } from '../../../lib/secrets/secret-cache.ts';
import type { PreparedSource } from '../../../lib/webhooks/prepare-source.ts';
import { receiveWebhook } from '../../../lib/webhooks/receive-webhook.ts';
import { localSecret } from '../../../local/stage/local-secrets.ts';
import { destinations } from '../../support/events/events.ts';
import { lambdaContext } from '../../support/http/http-event.ts';
import type { Random } from '../../support/random.ts';
import { checkAnswer, checkTraces } from '../check-answer.ts';
import { hostileRequest, type RequestSeed } from '../input/hostile-request.ts';
import { hostileValue } from '../input/hostile-values.ts';
import { mutate, toBytes, toText } from '../input/mutate.ts';
import { type Content, contentsOf, prepareFuzzSources } from '../input/sources.ts';
import { type Outside, queueUrl } from '../outside.ts';
import { type Door, nowMs } from './door.ts';
import { deliverQueued } from './queue.ts';

/** 503 where the API of a platform gives no order. */
const statuses: ReadonlySet<number> = new Set([200, 400, 401, 404, 413, 503]);

interface Sender {
  readonly source: PreparedSource;
  readonly secret: string;
  readonly contents: readonly Content[];
}

export async function createWebhookDoor(): Promise<Door> {
  let documents: readonly unknown[] = [];
  let read = 0;
  const sources = await prepareFuzzSources(() => documents[read++ % (documents.length || 1)]);
  const senders = [...sources].map(
    ([name, source]): Sender => ({
      source,
      secret: localSecret(name, { ...source.settings }),
      contents: contentsOf(source),
    }),
  );
  const secrets = createSecretCache({
    load: async () => ({
      keys: [],
      webhooks: Object.fromEntries(
        senders.map(({ source, secret }) => [source.name, { secrets: [secret], api_token: 'token' }]),
      ),
    }),
    now: () => nowMs,
    staleMs: 0,
  });
  const handle = (request: ApiEvent, outside: Outside): Promise<ApiResponse> => {
    read = 0;
    const chain = middy<ApiEvent, ApiResponse>()
      .use(behindOrigin([]))
      .use(securityHeaders())
      .use(requestLog('webhook received', { clients: clientsOf(outside), now: () => nowMs }))
      .use(problems())
      .handler(async (event) =>
        toResponse(
          await receiveWebhook(event, sources, {
            settings: { destinations, queueUrl },
            clients: { ...clientsOf(outside), secrets },
            now: () => nowMs,
            random: () => 'tg-random',
          }),
          event,
        ),
      );
    return chain(request, { ...lambdaContext } as Parameters<typeof chain>[1]);
  };
  return async (knock) => {
    const { random, outside, find } = knock;
    const sender = senders[random.between(0, senders.length - 1)];
    const content = sender?.contents[random.between(0, sender.contents.length - 1)];
    if (sender === undefined || content === undefined) throw new Error('there is no sender');
    documents = content.documents.map((each) => reparsed(toText(mutate(each, random), random)));
    const { seed, isProven, text } = drawRequest(sender, content, random);
    const request = hostileRequest(seed, random);
    const answer = await handle(request, outside);
    if (request.requestContext.http.method === 'POST') checkAnswer(answer, statuses, find);
    checkTraces(outside, find);
    if (!isProven && outside.queued.length > 0)
      find(`queues an event of ${sender.source.name} without a proof`);
    await deliverQueued(knock);
    if (random.isHit(0.1)) {
      outside.clear();
      const again = await handle(request, outside);
      if (JSON.stringify(again) !== JSON.stringify(answer)) find('the same webhook has another answer');
    }
    return { bytes: seed.body.length, end: `${sender.source.name} ${answer.statusCode}`, text };
  };
}

const clientsOf = ({ queue, telemetry }: Outside) => ({ queue, telemetry });

function reparsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface Drawn {
  readonly seed: RequestSeed;
  readonly isProven: boolean;
  readonly text: string;
}

function drawRequest({ source, secret }: Sender, content: Content, random: Random): Drawn {
  const path = `/v1/webhooks/${source.name}${random.isHit(0.02) ? '/' : ''}`;
  const changed = mutate(content.body, random);
  const text = typeof changed === 'string' ? changed : toText(changed, random);
  const bytes = toBytes(source.name === 'form' && random.isHit(0.8) ? formOf(changed) : text, random);
  const headers = { ...content.headers };
  for (const name of Object.keys(headers))
    if (random.isHit(0.03)) headers[name] = String(JSON.stringify(hostileValue(random)));
  if (random.isHit(0.03)) return probe(path, secret, random);
  const nowSeconds = nowMs / 1000;
  const signed = source.platform.signPlaces({ secret, body: bytes, nowSeconds, headers });
  const isProven = !random.isHit(0.2);
  const proof = isProven ? signed : spoil(signed, bytes, random);
  const body = Buffer.from(proof.body);
  return {
    seed: { path, headers: { ...headers, ...proof.headers }, query: proof.query, body },
    isProven,
    text,
  };
}

interface Proof {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Another proof than the right one: none, one of other bytes, or garbage. */
function spoil(proof: Proof, bytes: Buffer, random: Random): Proof {
  const drawn = random.next();
  if (drawn < 0.3) return { headers: {}, query: {}, body: bytes };
  const garbage = (text: string): string =>
    random.pick([
      `${text}x`,
      text.slice(1),
      '',
      `${text}, ${text}`,
      `${text.toUpperCase()}0`,
      'v1,',
      't=1,v1=',
      '0'.repeat(5_000),
    ]);
  const spoiled = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, garbage(value)]));
  return { headers: spoiled(proof.headers), query: spoiled(proof.query), body: bytes };
}

function probe(path: string, secret: string, random: Random): Drawn {
  const token = random.pick([secret, 'wrong', '', `${secret}x`]);
  const challenge = random.pick(['abc123', '<script>', 'a'.repeat(600), '', '\r\nx: y']);
  const query = {
    'hub.mode': random.pick(['subscribe', 'unsubscribe']),
    'hub.verify_token': token,
    'hub.challenge': challenge,
  };
  const method = random.pick(['GET', 'HEAD', 'PUT']);
  return { seed: { path, method, headers: {}, query, body: Buffer.of() }, isProven: false, text: '' };
}

/** A form, as some senders write the same content. */
function formOf(value: unknown): string {
  const fields = isObject(value) ? Object.entries(value) : [['value', value] as const];
  const form = new URLSearchParams();
  for (const [name, inner] of fields)
    form.set(name, typeof inner === 'string' ? inner : `${JSON.stringify(inner)}`);
  return form.toString();
}
