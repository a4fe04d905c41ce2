/** What the lines about an event cost: CloudWatch Logs bills each byte, and its price is that of the rest of the way. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { acceptEvents } from '../../../lib/ingest/accept-events.ts';
import { createTelemetry } from '../../../lib/telemetry/telemetry.ts';
import { ok, runBatch } from '../../support/delivery/delivery.ts';
import { sqsRecord } from '../../support/delivery/records.ts';
import { destinations, receivedAtMs } from '../../support/events/events.ts';
import { createMemoryQueue } from '../../support/queue/memory-queue.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

let bytes = 0;
const write = (text: unknown) => {
  bytes += Buffer.byteLength(String(text));
  return true;
};

beforeEach(() => {
  bytes = 0;
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'tiktok-events');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'TikTokEvents');
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const eventOf = (n: number) => ({
  event_name: 'Purchase',
  event_id: `order-${n}`,
  order_id: `${n}`,
  email: `jane${n}@example.com`,
  phone: '+12133734253',
  external_id: `${n}`,
  ip: '203.0.113.7',
  user_agent: 'UA',
  value: 5,
  currency: 'USD',
  content_ids: ['a'],
  page_url: 'https://shop.example/',
});

/** The lines of the posts and of the one batch of 50 events that they fill, without metrics. */
async function bytesPerEvent(events: number): Promise<number> {
  const posts = 50 / events;
  const queue = createMemoryQueue();
  const recorded = recordTelemetry();
  for (let post = 0; post < posts; post += 1) {
    const { log } = await acceptEvents(
      {
        body: Array.from({ length: events }, (_, n) => eventOf(post * events + n)),
        apiKey: { id: 'backend', destinations: ['*'] },
        idempotencyKey: undefined,
        receivedAtMs,
        // As long as API Gateway's.
        trace: `abcdefghijk${String(post).padStart(4, '0')}=`,
      },
      {
        settings: { destinations, queueUrl: 'q' },
        clients: { queue, telemetry: recorded },
        random: () => 'r',
      },
    );
    recorded.info('events received', { trace: `abcdefghijk${post}`, status: 202, duration_ms: 12, ...log });
  }
  const records = queue.sent.map(({ message }, n) => sqsRecord({ body: message.body, messageId: `m-${n}` }));
  const run = await runBatch(records, () => ok);
  const telemetry = createTelemetry('prod');
  for (const { message, fields } of [...recorded.lines, ...run.telemetry.lines])
    telemetry.info(message, fields);
  return bytes / 50;
}

test.each([
  [1, 400],
  [10, 100],
  // With the metrics, at most 120 bytes.
  [50, 75],
])(
  'logs little about an event that is posted with %i in one request and delivered with 50',
  async (events, most) => {
    expect(await bytesPerEvent(events)).toBeLessThanOrEqual(most);
  },
);
