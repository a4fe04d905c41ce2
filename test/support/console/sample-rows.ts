/** Rows as the console's server would give them, made from their position only. */
import type { Outcome, Row } from '../../../console/api.ts';

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

export const sampleFingerprint = (index: number): string =>
  (0x5d41_402a_bc00_0000 + index * 7919).toString(16).padStart(16, '0').slice(0, 16);

/** @param index 0 is the newest */
export function sampleRow(index: number): Row {
  const kind = kinds[index % kinds.length] ?? { outcome: 'accepted', source: 'api' };
  const { outcome } = kind;
  const isWaiting = outcome === 'waiting' || outcome === 'held';
  return {
    id: `row-${index}`,
    atMs: nowMs - index * 7300,
    ...(kind.name === undefined
      ? {}
      : { eventId: `order-${11_000 - index}`, event: sampleFingerprint(index) }),
    orders: kind.name === 'Purchase' ? [sampleFingerprint(index + 500_000)] : [],
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
