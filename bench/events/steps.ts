/** Measures each pure step of an event separately, to show where the time of the whole goes. */

import { decodeEvent } from '../../lib/events/decode/decode-event.ts';
import { createEventSchema, createMisfitFinder } from '../../lib/events/decode/event-schema.ts';
import type { IdentifiedEvent } from '../../lib/events/event.ts';
import { fields } from '../../lib/events/fields/table.ts';
import { countMatchKeys } from '../../lib/events/match-keys.ts';
import { normalizeEmail } from '../../lib/privacy/email.ts';
import { normalizeName, normalizeZip } from '../../lib/privacy/names.ts';
import { toE164 } from '../../lib/privacy/phone.ts';
import { sha256 } from '../../lib/privacy/sha256.ts';
import { decodeMessage, encodeMessage } from '../../lib/queue/message.ts';
import { toTrackEvent } from '../../lib/tiktok/track-event.ts';
import { destinations, type OrderForm, orders, receivedAtMs, records } from './fixture.ts';
import type { Subject } from './measure.ts';

const context = { receivedAtMs, destinations };
const times = { received_at: '2026-10-01T12:00:00.000Z', not_after: '2026-10-03T11:00:00.000Z' };

/** Orders from JSON.parse, because the engine stores parsed strings in another way than string literals. */
const inputs = (form: OrderForm) => orders(form).map((order) => JSON.parse(JSON.stringify(order)));

function canonical(input: unknown): IdentifiedEvent {
  const parsed = decodeEvent(input, context);
  if (!parsed.ok) throw new Error('the fixture is not valid');
  return parsed.event as IdentifiedEvent;
}

export function steps(): Subject[] {
  const raw = records('international').map(({ body, messageId }) => ({
    body,
    messageId,
    sentAtMs: receivedAtMs,
  }));
  const international = inputs('international');
  const national = inputs('national');
  const eventSchema = createEventSchema(fields);
  const events = international.map(canonical);
  const tracks = events.map((event) => toTrackEvent(event, 'web', 'US'));
  const message = { v: 1, destination: 'default', source: 'api', trace: 'trace', ...times } as const;
  return [
    step('JSON.parse of the message', raw, ({ body }) => JSON.parse(body)),
    step('decode the message', raw, decodeMessage),
    step('schema: fast yes', international, createMisfitFinder(fields)),
    step('schema: zod', international, (input) => eventSchema().safeParse(input)),
    step('parse the event', international, canonical),
    step('parse, national phone', national, canonical),
    step('e-mail', international, ({ email }) => normalizeEmail(email)),
    step('two names', international, ({ first_name, last_name }) => [
      normalizeName(first_name),
      normalizeName(last_name),
    ]),
    step('zip code', international, ({ zip_code, country }) => normalizeZip(zip_code, country)),
    step('phone, international', international, ({ phone }) => toE164(phone, 'US')),
    step('phone, national', national, ({ phone }) => toE164(phone, 'US')),
    step('SHA-256, one', international, ({ external_id }) => sha256(external_id)),
    step("TikTok's event, six hashes", events, (event) => toTrackEvent(event, 'web', 'US')),
    { name: 'match keys', units: events.length, run: () => countMatchKeys(events, 'web') },
    step('JSON.stringify for TikTok', tracks, (track) => JSON.stringify(track)),
    step('encode the message', events, (event) => encodeMessage({ ...message, event })),
  ];
}

/** One call processes all inputs and counts them. */
const step = <Input>(name: string, inputs: readonly Input[], run: (input: Input) => unknown): Subject => ({
  name,
  units: inputs.length,
  run: () => {
    let last: unknown;
    for (const input of inputs) last = run(input);
    return last;
  },
});
