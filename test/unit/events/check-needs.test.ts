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

const crm = { default: { pixelCode: 'P', eventSource: 'crm' } } as const;
test.each(['null', 0, '__LEAD_ID__', '{{lead_id}}'])(
  'omits the lead id %j of a CRM event, which stands for no lead',
  (lead_id) => {
    const event = { event_name: 'Lead', lead: { lead_id, lead_event_source: 'HubSpot' } };
    const omission = { field: 'lead.lead_id', code: 'placeholder' };
    const alone = decodeEvent(event, { receivedAtMs: 0, destinations: crm });
    expect(!alone.ok && alone.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'no_match_key' }),
        expect.objectContaining(omission),
      ]),
    );
    const email = 'ada@example.com';
    const decoded = decodeEvent({ ...event, email }, { receivedAtMs: 0, destinations: crm });
    expect(decoded).toMatchObject({
      event: { lead: { lead_event_source: 'HubSpot' } },
      omissions: [omission],
    });
    expect(decoded.ok && decoded.event.lead).not.toHaveProperty('lead_id');
  },
);
