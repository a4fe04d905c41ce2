/** Rows, stories and dead letters as the console's server would give them, made from their position only. */
import type { DeadLettersAnswer, Outcome, Row, StoryAnswer } from '../../../console/api.ts';

/** A Thursday, 16:49:03 UTC. */
export const nowMs = Date.UTC(2026, 10, 26, 16, 49, 3, 204);

interface Kind {
  readonly outcome: Outcome;
  readonly source: string;
  readonly name?: string;
  readonly topic?: string;
  readonly reason?: string;
  readonly text?: string;
}

const kinds: readonly Kind[] = [
  { outcome: 'delivered', source: 'api', name: 'Purchase' },
  { outcome: 'delivered', source: 'shop', name: 'Purchase', topic: 'orders/paid' },
  {
    outcome: 'held',
    source: 'api',
    name: 'Purchase',
    reason: 'tiktok_40105',
    text: 'TikTok refuses the access token: it is wrong or was revoked. Connect the destination again.',
  },
  { outcome: 'delivered', source: 'collect', name: 'ViewContent' },
  {
    outcome: 'skipped',
    source: 'shop',
    topic: 'orders/create',
    reason: 'test_order',
    text: 'A test order is not a sale.',
  },
  {
    outcome: 'waiting',
    source: 'api',
    name: 'AddToCart',
    reason: 'tiktok_40100',
    text: 'TikTok limits the rate.',
  },
  {
    outcome: 'dead-letter',
    source: 'queue',
    name: 'AddToCart',
    reason: 'tiktok_40002',
    text: 'TikTok refused the event: event_id: Not a valid string.',
  },
  {
    outcome: 'rejected',
    source: 'api',
    reason: 'emial:unknown_field',
    text: 'emial is no field: did you mean email?',
  },
  { outcome: 'delivered', source: 'woo', name: 'CompleteRegistration', topic: 'customer.created' },
  { outcome: 'accepted', source: 'api', name: 'Purchase' },
];

const hex = (index: number): string =>
  (0x5d41_402a_bc00_0000 + index * 7919).toString(16).padStart(16, '0').slice(0, 16);

/** @param index 0 is the newest */
export function sampleRow(index: number): Row {
  const kind = kinds[index % kinds.length] ?? { outcome: 'accepted', source: 'api' };
  const { outcome } = kind;
  const isWaiting = outcome === 'waiting' || outcome === 'held';
  return {
    id: `row-${index}`,
    atMs: nowMs - index * 7300,
    ...(kind.name === undefined ? {} : { eventId: `order-${11_000 - index}`, event: hex(index) }),
    orders: kind.name === 'Purchase' ? [hex(index + 500_000)] : [],
    ...kind,
    destination: 'default',
    attempts: isWaiting ? 3 : 1,
    ...(isWaiting ? { nextAttemptMs: nowMs + 14_000 } : {}),
    ...(outcome === 'delivered' ? { tookMs: 1104 + (index % 7) * 130 } : {}),
    ...(outcome === 'dead-letter' ? { deadLetterId: `letter-${index}` } : {}),
    warnings: index % 20 === 0 ? ['phone:invalid_phone'] : [],
  };
}

export const sampleRows = (count: number): readonly Row[] =>
  Array.from({ length: count }, (_, index) => sampleRow(index));

export function sampleStory(row: Row): StoryAnswer {
  const step = (
    offsetMs: number,
    tone: StoryAnswer['steps'][number]['tone'],
    title: string,
    ...details: string[]
  ) => ({
    atMs: row.atMs + offsetMs,
    tone,
    title,
    details,
  });
  const end = {
    delivered: [
      step(1080, 'neutral', 'sent to TikTok', 'with 4 others, destination default'),
      step(1104, 'good', 'delivered', 'code 0, TikTok request 20261126164904F6F0AB12', 'answered in 24 ms'),
    ],
    waiting: [
      step(1080, 'warning', 'waits: TikTok answered 40100', 'Too many requests. Please retry in some time.'),
    ],
    held: [
      step(1080, 'warning', 'held: TikTok answered 40105', 'Access token is incorrect or has been revoked.'),
      step(31_000, 'warning', 'held: TikTok answered 40105', 'attempt 2'),
    ],
    'dead-letter': [step(1080, 'bad', 'parked: TikTok refused the event', 'event_id: Not a valid string')],
  } as const;
  const steps = Object.hasOwn(end, row.outcome) ? end[row.outcome as keyof typeof end] : [];
  return {
    row,
    steps: [
      step(
        0,
        row.outcome === 'rejected' ? 'bad' : 'neutral',
        row.outcome === 'rejected' ? 'rejected' : 'accepted',
        'POST /v1/events, 202',
        'trace 2c09b2c2-6c1e-4d0e-9f53-0d5f0a1b2c3d',
      ),
      ...steps,
    ],
    changes: [
      {
        field: 'email',
        raw: ' Ada@Example.com',
        normalized: 'ada@example.com',
        digest: 'b5fc85e55755f9e0d030a10ab4429b6b2944855f5a4f97ba5c5b9c0a9b0c1d2e',
      },
      {
        field: 'phone',
        raw: '(213) 373-4253',
        normalized: '+12133734253',
        digest: '9f7ec22d1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4',
      },
      { field: 'content_id', raw: 'sku-1', normalized: 'contents[0].content_id' },
    ],
    curl: `curl -s http://127.0.0.1:3000/v1/events -d '{"event_name":"Purchase"}'`,
  };
}

export function sampleLetters(count: number): DeadLettersAnswer {
  const letters = Array.from({ length: count }, (_, index) => ({
    id: `letter-${index}`,
    event: hex(index),
    eventId:
      index % 4 === 1
        ? `order-with-a-very-long-id-${'0123456789'.repeat(5)}-${index}`
        : `order-${900 + index}`,
    name: index % 3 === 0 ? 'AddToCart' : 'Purchase',
    source: index % 2 === 0 ? 'api' : 'shop',
    destination: 'default',
    ...(index % 3 === 2
      ? { reason: 'timeout', text: 'TikTok did not answer in time.', outcome: 'unknown' as const }
      : {
          reason: 'tiktok_40002',
          text: 'TikTok refused the event.',
          detail: 'event_id: Not a valid string',
          outcome: 'refused' as const,
        }),
    failedAtMs: nowMs - index * 5_400_000,
    replays: index % 5 === 4 ? 2 : 0,
  }));
  return { letters, total: count };
}
