/** A row that is added to the table is everywhere: nothing else has a list of fields of its own. */
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addEventFlags, eventFromFlags } from '../../../../cli/send/event-flags.ts';
import { createEventDecoder } from '../../../../lib/events/decode/decode-event.ts';
import { freeText } from '../../../../lib/events/fields/rows.ts';
import { fields } from '../../../../lib/events/fields/table.ts';
import { openApiDocument } from '../../../../lib/openapi/openapi.ts';
import { fitEvent } from '../../../../lib/rows/fit-event.ts';
import { createTrackEvents } from '../../../../lib/tiktok/track-event.ts';
import { fieldsTable } from '../../../../scripts/reference/fields-table.ts';
import { destinations, least, receivedAtMs } from '../../../support/events/events.ts';

const delivery_zone = freeText(8, 'zone', { to: 'properties', as: 'zone', sources: ['web'] });
const table = { ...fields, delivery_zone };

const utc = Object.assign((text: string) => text, { isUtc: true });
const decode = createEventDecoder(table);
const context = { receivedAtMs, destinations };

test('decodes a field that was added to the table, and rejects a wrong type of it in its own words', () => {
  expect(decode({ ...least, delivery_zone: 'north' }, context)).toMatchObject({
    ok: true,
    event: { delivery_zone: 'north' },
  });
  expect(decode({ ...least, delivery_zone: 7 }, context)).toMatchObject({
    ok: false,
    errors: [{ field: 'delivery_zone', code: 'invalid_type', message: `expected ${delivery_zone.expects}` }],
  });
});

test('suggests a field that was added to the table for a misspelled one', () => {
  expect(decode({ ...least, deliveryZone: 'north' }, context)).toMatchObject({
    errors: [{ message: 'this field is not known: did you mean delivery_zone?' }],
  });
});

test('omits a text that is too long for a field that was added to the table', () => {
  const event = { ...least, delivery_zone: 'x'.repeat(9) };
  expect(decode(event, context)).toMatchObject({
    event: least,
    omissions: [{ field: 'delivery_zone', code: 'too_long' }],
  });
  expect(decode(event, context, 'strict')).toMatchObject({ ok: false });
});

test('omits a wrong type of a field that was added to the table when the sender cannot fix it', () => {
  expect(decode({ ...least, delivery_zone: 7 }, context, 'salvage')).toMatchObject({
    event: least,
    omissions: [{ field: 'delivery_zone', code: 'invalid_type' }],
  });
});

test('sends a field that was added to the table to TikTok, for its event sources only', () => {
  const event = { event_name: 'Lead', event_id: 'a', event_time: 1, delivery_zone: 'north' };
  const toTrackEvent = createTrackEvents(table);
  expect(toTrackEvent(event, 'web', undefined).properties).toEqual({ zone: 'north' });
  expect(toTrackEvent(event, 'crm', undefined).properties).toBeUndefined();
});

test('describes a field that was added to the table in the OpenAPI document', () => {
  expect(openApiDocument(table)).toMatchObject({
    components: {
      schemas: { Event: { properties: { delivery_zone: { description: delivery_zone.expects } } } },
    },
  });
});

test('has a flag and a column for a field that was added to the table', () => {
  const command = new Command();
  addEventFlags(command, table);
  command.parse(['--delivery-zone', 'north'], { from: 'user' });
  expect(eventFromFlags(command.opts(), table)).toEqual({ delivery_zone: 'north' });
  expect(fitEvent({ delivery_zone: 7 }, utc, table)).toEqual({ delivery_zone: '7' });
});

test('lists a field that was added to the table in the docs', () => {
  expect(fieldsTable(table)).toContain(
    '| `delivery_zone` | zone: text of up to 8 characters | `properties.zone` | web |',
  );
});
