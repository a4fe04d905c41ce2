/** Maps a BigCommerce customer, as read.ts got it, to a sign-up (docs.bigcommerce.com: customers v3). */
import { noteAttributes } from '../../payload/attributes.ts';
import { findClickIds } from '../../payload/click-ids.ts';
import { describePerson, pickEmail, pickPhone } from '../../payload/person.ts';
import { asUnixSeconds } from '../../payload/time.ts';
import { asId, type Payload } from '../../payload/values.ts';
import { visitorIp } from '../../payload/visitor.ts';
import { finishEvent } from '../compose-event.ts';
import type { MapInput } from '../platform.ts';
import { fillTemplate } from '../rules/event-id-template.ts';
import { judgeAge, skipUnreadableTime } from '../rules/freshness.ts';
import type { WebhookOutcome } from '../webhook-outcome.ts';
import { customerAddresses } from './fields.ts';
import { skipBigcommerceCustomer } from './filters.ts';
import type { BigcommerceSettings } from './settings.ts';

/** @param name of the event */
export function mapCustomer(
  input: MapInput<BigcommerceSettings>,
  customer: Payload,
  name: string,
): WebhookOutcome {
  const { settings, nowMs, country, consent } = input;
  const skipped = skipBigcommerceCustomer(customer, settings);
  if (skipped !== undefined) return skipped;
  const unreadable = skipUnreadableTime(customer, ['date_created'], nowMs);
  if (unreadable !== undefined) return unreadable;
  const times = { placedAt: asUnixSeconds(customer.date_created) };
  const age = judgeAge(times, settings.latePayment, nowMs);
  if (age.kind === 'skipped') return age;
  const attributes = noteAttributes(customer.form_fields);
  const addresses = customerAddresses(customer);
  const person = describePerson(addresses);
  const id = asId(customer.id);
  return finishEvent(
    {
      fields: {
        event_name: name,
        event_id: fillTemplate(settings.eventId, { customer_id: id }, attributes) ?? id,
        event_time: age.happenedAt,
        external_id: id,
        ...person,
        ...findClickIds(attributes, []),
        ip: visitorIp(customer.registration_ip_address),
      },
      email: pickEmail([customer.email]),
      phone: pickPhone(
        [
          [customer.phone, person.country],
          ...addresses.map(({ phone, country: own }) => [phone, own] as const),
        ],
        country,
      ),
      money: undefined,
      attributes,
      consent,
      notAfterMs: age.notAfterMs,
    },
    settings,
  );
}
