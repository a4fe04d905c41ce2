/** The queue: messages of every version and of any producer, in one batch. And the way of accepted messages to TikTok. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SQSRecord } from 'aws-lambda';
import { deliverBatch } from '../../../lib/delivery/deliver-batch.ts';
import { parseJson } from '../../../lib/schema/parse-json.ts';
import { sqsRecord } from '../../support/delivery/records.ts';
import { destinations } from '../../support/events/events.ts';
import type { Random } from '../../support/random.ts';
import { checkTraces } from '../check-answer.ts';
import { canary, canaryIn } from '../input/canary.ts';
import { event } from '../input/event.ts';
import { mutate, toText } from '../input/mutate.ts';
import { deadLetterQueueUrl, queueUrl } from '../outside.ts';
import { type Door, type Knock, nowMs } from './door.ts';

const folder = join(import.meta.dirname, '../../fixtures/messages');
const recorded = readdirSync(folder).map((name): unknown =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')),
);

const received = new Date(nowMs - 60_000).toISOString();
const longForm = { v: 1, destination: 'default', source: 'api', received_at: received, trace: 'trace-1' };

const envelopes: readonly ((inner: unknown) => unknown)[] = [
  (inner) => ({
    Type: 'Notification',
    MessageId: 'sns-1',
    Timestamp: received,
    Message: typeof inner === 'string' ? inner : JSON.stringify(inner),
  }),
  (inner) => ({ version: '0', id: 'bridge-1', 'detail-type': 'Order', time: received, detail: inner }),
  (inner) => ({ eventSource: 'aws:sqs', messageId: 'pipe-1', body: inner, attributes: {} }),
  (inner) => [inner],
  (inner) => JSON.stringify(inner),
];

export const queueDoor: Door = async ({ random, outside, find }) => {
  const bodies = Array.from({ length: random.between(1, 4) }, () => messageText(random));
  const records = bodies.map((body, index) =>
    sqsRecord({ body, messageId: `m-${index}`, receives: random.between(1, 3), sentAtMs: nowMs - 1_000 }),
  );
  const kept = await deliverAll(records, { random, outside, find });
  for (const { body } of outside.parked)
    if (!bodies.includes(body)) find('a dead letter has another body than its message');
  const bytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
  const end = `queue ${outside.parked.length > 0 ? 'parked' : kept > 0 ? 'kept' : 'delivered'}`;
  return { bytes, end, text: bodies.join('\n') };
};

function messageText(random: Random): string {
  const drawn = random.next();
  const base =
    drawn < 0.4 ? event(random) : drawn < 0.7 ? { ...longForm, event: event(random) } : pickRecorded(random);
  let message = mutate(base, random);
  while (random.isHit(0.35)) message = mutateRarely(envelopes[random.between(0, 4)]?.(message), random);
  return toText(message, random);
}

const pickRecorded = (random: Random): unknown => recorded[random.between(0, recorded.length - 1)];
const mutateRarely = (value: unknown, random: Random): unknown =>
  random.isHit(0.2) ? mutate(value, random) : value;

/** What a door queued must reach TikTok: the consumer can read it, and TikTok takes it. */
export async function deliverQueued({ random, outside, find }: Knock): Promise<void> {
  const messages = [...outside.queued];
  const records = messages.map(({ body }, index) =>
    sqsRecord({ body, messageId: `m-${index}`, sentAtMs: nowMs }),
  );
  const kept = await deliverAll(records, { random, outside, find });
  if (kept > 0) find('an accepted event is not delivered');
  for (const { attributes } of outside.parked) find(`an accepted event is parked as ${attributes?.reason}`);
}

async function deliverAll(records: readonly SQSRecord[], { outside, find }: Knock): Promise<number> {
  const { batchItemFailures } = await deliverBatch(records, 300_000, {
    settings: {
      destinations,
      queueUrl,
      deadLetterQueueUrl,
      delivery: { retryStepsSeconds: [5, 15], holdStepsSeconds: [30, 60], maxReceiveCount: 113 },
    },
    clients: { ...outside, readToken: async () => 'token' },
    now: () => nowMs,
    random: () => 0,
  });
  for (const call of outside.calls) checkCall(call, find);
  checkTraces(outside, find);
  return batchItemFailures.length;
}

/** Promise 6: an identifier leaves as a digest only, and never inside a URL or a search term. */
function checkCall(call: string, find: Knock['find']): void {
  const { data = [] } = parseJson(call) as { data?: readonly TrackedEvent[] };
  for (const { user = {}, page = {}, properties = {} } of data) {
    const { search_string, query } = properties;
    for (const name of ['email', 'phone', 'external_id', 'first_name', 'last_name', 'zip_code'])
      if (canaryIn(JSON.stringify(user[name] ?? '')) !== undefined) find(`${name} leaves in clear`);
    const places = JSON.stringify([page, search_string, query]).toLowerCase();
    for (const identifier of [canary.email.toLowerCase(), canary.phone])
      if (places.includes(identifier)) find(`a page or search term keeps ${canaryIn(identifier)}`);
  }
}

interface TrackedEvent {
  readonly user?: Readonly<Record<string, unknown>>;
  readonly page?: object;
  readonly properties?: Readonly<Record<string, unknown>>;
}
