/** The field consent: what a visitor refused is never sent as it is. */
import { expect, test } from 'vitest';
import { type ConsentMode, choiceOf, grantingWords } from '../../../lib/events/consent.ts';
import { decodeEvent } from '../../../lib/events/decode/decode-event.ts';
import type { Handling } from '../../../lib/events/decode/judge.ts';
import { destinations, least, receivedAtMs } from '../../support/events/events.ts';

const decode = (fields: object, consent?: ConsentMode, handling?: Handling) =>
  decodeEvent({ ...least, ...fields }, { receivedAtMs, destinations, consent }, handling);

const sent = { ok: true, event: least };
const limited = { ok: true, event: { ...least, limited_data_use: true } };
const refused = { ok: false, errors: [{ field: 'consent', code: 'no_consent' }] };

test.each([
  [undefined, {}, sent],
  ['always', { consent: 'granted' }, sent],
  ['always', { consent: 'denied' }, refused],
  ['require', {}, refused],
  ['require', { consent: null }, refused],
  ['require', { consent: 'granted' }, sent],
  ['require', { consent: 'denied' }, refused],
  ['limit', {}, sent],
  ['limit', { consent: 'granted' }, sent],
  ['limit', { consent: 'denied' }, limited],
  ['limit', { consent: 'denied', limited_data_use: false }, limited],
] as const)('decides with the mode %s on an event with %o', (mode, fields, expected) => {
  for (const handling of ['strict', 'lenient', 'salvage'] as const)
    expect(decode(fields, mode, handling)).toMatchObject(expected);
});

test('keeps the choice out of the event, since it is decided at the door', () => {
  const decoded = decode({ consent: 'granted' });
  expect(decoded.ok && decoded.event).not.toHaveProperty('consent');
});

test.each(['denied', 'NO', ' false ', false, 0, '0', 'opt_out', 'refused'])(
  'reads consent %j as a refusal',
  (consent) => {
    expect(decode({ consent })).toMatchObject(refused);
  },
);

test('reads an unknown word as a mistake, and as a refusal where the sender can fix nothing', () => {
  expect(decode({ consent: 'perhaps' })).toMatchObject({
    ok: false,
    errors: [{ field: 'consent', code: 'invalid_value' }],
  });
  for (const consent of ['perhaps', {}, ['granted'], 'x'.repeat(20)])
    expect(decode({ consent }, 'always', 'salvage')).toMatchObject(refused);
});

test('has no word that both grants and refuses', () => {
  for (const word of grantingWords) expect(choiceOf(word)).toBe('granted');
});
