/** POST /v1/webhooks/{source}, through the chain of functions/webhook.ts: every platform, signed rightly and wrongly. */
import middy from '@middy/core';
import { type ApiEvent, type ApiResponse, toResponse } from '../../../lib/http/api-answer.ts';
import { behindOrigin } from '../../../lib/http/middleware/behind-origin.ts';
import { problems } from '../../../lib/http/middleware/problems.ts';
import { requestLog } from '../../../lib/http/middleware/request-log.ts';
import { securityHeaders } from '../../../lib/http/middleware/security-headers.ts';
import { createSecretCache } from '../../../lib/secrets/secret-cache.ts';
import { receiveWebhook } from '../../../lib/webhooks/receive-webhook.ts';
import { localSecret } from '../../../local/stage/local-secrets.ts';
import { destinations } from '../../support/events/events.ts';
import { lambdaContext } from '../../support/http/http-event.ts';
import { checkAnswer, checkTraces } from '../check-answer.ts';
import { hostileRequest } from '../input/hostile-request.ts';
import { mutate, toText } from '../input/mutate.ts';
import { contentsOf, prepareFuzzSources } from '../input/sources.ts';
import { drawWebhook, type Sender } from '../input/webhook-request.ts';
import { type Outside, queueUrl } from '../outside.ts';
import { type Door, nowMs } from './door.ts';
import { deliverQueued } from './queue.ts';

/** 503 where the API of a platform gives no order. */
const statuses: ReadonlySet<number> = new Set([200, 400, 401, 404, 413, 503]);

type Handle = (request: ApiEvent, outside: Outside) => Promise<ApiResponse>;

export async function createWebhookDoor(): Promise<Door> {
  const api = createPlatformApi();
  const sources = await prepareFuzzSources(api.next);
  const senders = [...sources].map(([name, source]): Sender => {
    const settings = { ...source.settings };
    const [secret, otherSecret] = [localSecret(name, settings), localSecret(`not-${name}`, settings)];
    return { source, secret, otherSecret, contents: contentsOf(source) };
  });
  const handle = createHandler(sources, senders);
  return async (knock) => {
    const { random, outside, find } = knock;
    const sender = senders[random.between(0, senders.length - 1)];
    const content = sender?.contents[random.between(0, sender.contents.length - 1)];
    if (sender === undefined || content === undefined) throw new Error('there is no sender');
    api.reset(content.documents.map((each) => reparsed(toText(mutate(each, random), random))));
    const { seed, isProven, text } = drawWebhook(sender, content, random);
    const request = hostileRequest(seed, random);
    const answer = await handle(request, outside);
    if (request.requestContext.http.method === 'POST') checkAnswer(answer, statuses, find);
    checkTraces(outside, find);
    const isQueued = outside.queued.length > 0;
    if (!isProven) checkUnproven(answer, isQueued, (what) => find(`${sender.source.name} ${what}`));
    await deliverQueued(knock);
    if (random.isHit(0.1)) {
      outside.clear();
      api.reset();
      const again = await handle(request, outside);
      if (JSON.stringify(again) !== JSON.stringify(answer)) find('the same webhook has another answer');
    }
    const end = `${sender.source.name} ${answer.statusCode}${isQueued ? ' queued' : ''}`;
    return { bytes: seed.body.length, end, text };
  };
}

/** Promise 7. */
function checkUnproven(answer: ApiResponse, isQueued: boolean, find: (what: string) => void): void {
  if (isQueued) find('queues an event without a proof');
  if (/^text\/plain/.test(String(answer.headers?.['content-type'])))
    find('answers a challenge without a token');
}

/** The API of every platform: it answers what the drawn webhook brought along, in its order. */
function createPlatformApi() {
  let documents: readonly unknown[] = [];
  let read = 0;
  return {
    next: (): unknown => documents[read++ % (documents.length || 1)],
    reset: (others = documents): void => {
      documents = others;
      read = 0;
    },
  };
}

function createHandler(sources: Parameters<typeof receiveWebhook>[1], senders: readonly Sender[]): Handle {
  const webhooks = Object.fromEntries(
    senders.map(({ source, secret }) => [source.name, { secrets: [secret], api_token: 'token' }]),
  );
  const now = () => nowMs;
  const secrets = createSecretCache({ load: async () => ({ keys: [], webhooks }), now, staleMs: 0 });
  return (request, { queue, telemetry }) => {
    const context = {
      settings: { destinations, queueUrl },
      clients: { queue, telemetry, secrets },
      now,
      random: () => 'tg-random',
    };
    const chain = middy<ApiEvent, ApiResponse>()
      .use(behindOrigin([]))
      .use(securityHeaders())
      .use(requestLog('webhook received', context))
      .use(problems())
      .handler(async (event) => toResponse(await receiveWebhook(event, sources, context), event));
    return chain(request, { ...lambdaContext } as Parameters<typeof chain>[1]);
  };
}

function reparsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
