import { expect, test } from 'vitest';
import { decodeEvent } from '../../../lib/events/decode/decode-event.ts';
import type { EventSource } from '../../../lib/events/destination.ts';

const warningsOf = (event_name: string, eventSource: EventSource) => {
  const destinations = { default: { pixelCode: 'P', eventSource } };
  const event = { event_name, email: 'ada@example.com', app: { app_id: '1' }, value: 1, currency: 'USD' };
  const decoded = decodeEvent(event, { receivedAtMs: 0, destinations });
  return decoded.ok ? decoded.warnings.map(({ field, code }) => `${field}: ${code}`) : ['rejected'];
};

test.each(['MembershipRenewed', 'purchase completed'])(
  'warns that TikTok takes no custom event %s of an offline destination',
  (name) => {
    expect(warningsOf(name, 'offline')).toEqual(['event_name: custom_event_not_taken']);
  },
);

test.each<[string, EventSource]>([
  ['Lead', 'offline'],
  ['Subscribe', 'offline'],
  ['MembershipRenewed', 'web'],
  ['MembershipRenewed', 'app'],
])('has no warning for the event %s of the source %s', (name, source) => {
  expect(warningsOf(name, source)).toEqual([]);
});
