/** A console in which something of every kind can be seen. */
import { type ConsoleData, emptyData } from './console-data.ts';
import { sampleLetters } from './sample-letters.ts';
import { nowMs, sampleRows } from './sample-rows.ts';
import { sampleSyncs } from './sample-syncs.ts';

export const fullData = (rows = 400): ConsoleData => ({
  ...emptyData(),
  rows: sampleRows(rows),
  letters: sampleLetters(14),
  action: { done: 2, left: [{ id: 'letter-2', why: 'it expired' }] },
  state: {
    medianMs: 1104,
    held: [
      {
        destination: 'default',
        outcome: 'held',
        count: 40,
        reason: 'tiktok_40105',
        text: 'TikTok answered 40105 “Access token is incorrect or has been revoked”.',
        sinceMs: nowMs - 2_820_000,
        nextAttemptMs: nowMs + 14_000,
        remedy: 'npx --no tiktok-events connect --stage local',
      },
    ],
    flow: {
      bucketMs: 60_000,
      startMs: nowMs - 3_600_000,
      accepted: Array.from({ length: 60 }, (_, index) => 40 + Math.round(30 * Math.sin(index / 6))),
      delivered: Array.from({ length: 60 }, (_, index) =>
        index > 50 ? 4 : 38 + Math.round(28 * Math.sin(index / 6)),
      ),
      failed: Array.from({ length: 60 }, (_, index) => (index % 11 === 3 ? 6 : 0)),
    },
  },
  quality: {
    rows: [
      coverage('api', 'Purchase', 1200, 7.4),
      coverage('shop', 'Purchase', 800, 8.1),
      coverage('collect', 'ViewContent', 5200, 4.2),
    ],
    gains: [
      {
        text: 'Send ttp (the cookie _ttp) with Purchase from api: + 1.3.',
        guide: 'docs/sources/own-backend.md',
      },
      { text: 'Send ttclid with Purchase from shop: + 0.6.', guide: 'https://docs.example/shopify' },
    ],
  },
  samples: {
    samples: [
      { id: 'event-purchase', label: 'Purchase', group: 'Event' },
      { id: 'event-cart', label: 'AddToCart', group: 'Event' },
      { id: 'event-registration', label: 'CompleteRegistration', group: 'Event' },
      ...[
        'shopify:orders/paid',
        'shopify:customers/create',
        'stripe:checkout.session.completed',
        'woocommerce:order.updated',
      ].map((label) => ({ id: label, label, group: 'Webhook' as const })),
    ],
  },
  syncs: sampleSyncs(),
  faults: [{ kind: 'revoke_token', on: 'track' }],
  requests: [
    request(0, { code: 0, message: 'OK', events: 5, duplicates: 1 }),
    request(1, {
      code: 40105,
      message: 'Access token is incorrect or has been revoked.',
      events: 1,
      fault: 'revoke_token',
    }),
    request(2, { code: null, status: null, message: 'No answer', events: 3, fault: 'stall' }),
  ],
});

const coverage = (source: string, name: string, events: number, score: number) => ({
  source,
  name,
  score,
  counts: {
    events,
    email: Math.round(events * 0.92),
    phone: Math.round(events * 0.41),
    external_id: Math.round(events * 0.88),
    ttclid: Math.round(events * 0.06),
    ip_user_agent: events,
    value: events,
    content_ids: Math.round(events * 0.97),
    own_id: Math.round(events * 0.7),
    in_time: Math.round(events * 0.99),
  },
});

const request = (index: number, shown: object) => ({
  at: new Date(nowMs - (2 - index) * 61_000).toISOString(),
  status: 200,
  duplicates: 0,
  bytes: 900 + index,
  body: {
    event_source: 'web',
    data: [{ event: 'Purchase', event_id: `order-${index}`, user: { email: 'b5fc85e5' } }],
  },
  ...shown,
});
