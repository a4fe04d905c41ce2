/** POST /v1/events, through the chain of functions/ingest.ts. */
import middy from '@middy/core';
import type { ApiEvent, ApiResponse } from '../../../lib/http/api-answer.ts';
import { toResponse } from '../../../lib/http/api-answer.ts';
import { apiKey } from '../../../lib/http/middleware/api-key.ts';
import { behindOrigin } from '../../../lib/http/middleware/behind-origin.ts';
import { jsonBody } from '../../../lib/http/middleware/json-body.ts';
import { problems } from '../../../lib/http/middleware/problems.ts';
import { requestLog } from '../../../lib/http/middleware/request-log.ts';
import { securityHeaders } from '../../../lib/http/middleware/security-headers.ts';
import { acceptEvents } from '../../../lib/ingest/accept-events.ts';
import { readPost } from '../../../lib/ingest/read-post.ts';
import { createSecretCache } from '../../../lib/secrets/secret-cache.ts';
import { decodeIngest } from '../../../lib/secrets/secret-values.ts';
import { destinations } from '../../support/events/events.ts';
import { lambdaContext } from '../../support/http/http-event.ts';
import type { Random } from '../../support/random.ts';
import { checkAnswer, checkTraces } from '../check-answer.ts';
import { event } from '../input/event.ts';
import { hostileRequest } from '../input/hostile-request.ts';
import { mutate, toBytes, toText } from '../input/mutate.ts';
import { type Outside, queueUrl } from '../outside.ts';
import { type Door, nowMs } from './door.ts';
import { deliverQueued } from './queue.ts';

const key = 'fuzz-key-0123456789';
const secret = decodeIngest(
  'ingest',
  JSON.stringify({ keys: [{ id: 'fuzz', key, destinations: ['default', 'shop'] }] }),
);
const keys = createSecretCache({ load: async () => secret, now: () => nowMs, staleMs: 0 });

const statuses: ReadonlySet<number> = new Set([202, 207, 400, 401, 403, 413, 415, 422]);
const wrongKeys = [
  '',
  'Bearer',
  'Bearer x',
  `Bearer ${key}x`,
  `Basic ${key}`,
  `Bearer ${'a '.repeat(500)}`,
  key,
] as const;

export const apiDoor: Door = async (knock) => {
  const { random, outside, find } = knock;
  const text = toText(post(random), random);
  const body = toBytes(text, random);
  const hasKey = !random.isHit(0.1);
  const authorization = hasKey ? `Bearer ${key}` : random.pick(wrongKeys);
  const request = hostileRequest({ path: '/v1/events', headers: { authorization }, body }, random);
  const answer = await handle(request, outside);
  checkAnswer(answer, hasKey ? statuses : new Set([401]), find);
  checkTraces(outside, find);
  if (!hasKey && outside.queued.length > 0) find('queues an event without a key');
  await deliverQueued(knock);
  if (random.isHit(0.1)) {
    outside.clear();
    const again = await handle(request, outside);
    if (JSON.stringify(again) !== JSON.stringify(answer)) find('the same request has another answer');
  }
  return { bytes: body.length, end: `api ${answer.statusCode}`, text };
};

function handle(request: ApiEvent, outside: Outside): Promise<ApiResponse> {
  const context = {
    settings: { destinations, queueUrl },
    clients: outside,
    now: () => nowMs,
    random: () => 'random',
  };
  const chain = middy<ApiEvent, ApiResponse>()
    .use(behindOrigin([]))
    .use(securityHeaders())
    .use(requestLog('events received', context))
    .use(problems())
    .use(apiKey(keys))
    .use(jsonBody())
    .handler(async (event, lambda) =>
      toResponse(await acceptEvents(readPost(event, lambda), context), event),
    );
  return chain(request, { ...lambdaContext } as Parameters<typeof chain>[1]);
}

function post(random: Random): unknown {
  const count = random.isHit(0.02) ? random.between(2, 40) : random.between(1, 3);
  const events = Array.from({ length: count }, () => mutate(event(random), random));
  return random.pick<unknown>([events[0], events, { events }, mutate({ events }, random)]);
}
