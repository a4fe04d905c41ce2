/** Dead letters of two reasons, made from their position only. */
import type { DeadLettersAnswer } from '../../../console/api.ts';
import { nowMs, sampleFingerprint } from './sample-rows.ts';

export function sampleLetters(count: number): DeadLettersAnswer {
  const letters = Array.from({ length: count }, (_, index) => ({
    id: `letter-${index}`,
    event: sampleFingerprint(index),
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
