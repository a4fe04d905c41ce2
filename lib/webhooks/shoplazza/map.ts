/** Maps Shoplazza's orders to events. Its retries take up to two days: the 47 h rule makes them harmless. */
import { findClickIds } from '../../payload/click-ids.ts';
import { pageUrl } from '../../payload/page-url.ts';
import { describePerson } from '../../payload/person.ts';
import { asUnixSeconds } from '../../payload/time.ts';
import { asId, asObject, asText, firstText, type Payload } from '../../payload/values.ts';
import { visitorIp } from '../../payload/visitor.ts';
import { finishEvent } from '../compose-event.ts';
import type { MapInput } from '../platform.ts';
import { fillTemplate } from '../rules/event-id-template.ts';
import { type Fresh, judgeAge, skipUnreadableTime } from '../rules/freshness.ts';
import { headerValue, type WebhookHeaders } from '../webhook-headers.ts';
import { skip, type WebhookOutcome } from '../webhook-outcome.ts';
import {
  orderOf,
  shoplazzaAddresses,
  shoplazzaContents,
  shoplazzaEmail,
  shoplazzaMoney,
  shoplazzaPhone,
} from './fields.ts';
import { isOrder, skipShoplazzaOrder } from './filters.ts';
import { mustBePaid, type ShoplazzaSettings, shoplazzaTopics } from './settings.ts';

/** Facts: shoplazza.dev/docs/app/building-blocks/webhooks and the Order Properties of its API reference. */
export function mapShoplazza(input: MapInput<ShoplazzaSettings>): WebhookOutcome {
  const { settings, topic, nowMs } = input;
  const topics = shoplazzaTopics(settings);
  const name = Object.hasOwn(topics, topic) ? topics[topic] : undefined;
  if (name === undefined) return skip('ignored_topic', 'topics');
  const order = orderOf(input.payload);
  if (!isOrder(order)) return skip('unexpected_body');
  const skipped = skipShoplazzaOrder(order, topic, settings);
  if (skipped !== undefined) return skipped;
  const isPaid = mustBePaid(settings, topic);
  const timeFields = ['placed_at', 'created_at', ...(isPaid ? ['updated_at'] : [])];
  const unreadable = skipUnreadableTime(order, timeFields, nowMs);
  if (unreadable !== undefined) return unreadable;
  // An edit renews updated_at but not placed_at, so that an old order stays old.
  const placedAt = asUnixSeconds(order.placed_at) ?? asUnixSeconds(order.created_at);
  if (placedAt === undefined) return skip('no_time');
  const paidAt = isPaid ? asUnixSeconds(order.updated_at) : undefined;
  const age = judgeAge({ placedAt, paidAt }, settings.latePayment, nowMs);
  return age.kind === 'skipped' ? age : compose(input, order, name, age);
}

export const shoplazzaDomain = (headers: WebhookHeaders): string | undefined =>
  headerValue(headers, 'x-shoplazza-shop-domain');

/** The order has no place for what a storefront attaches, such as the choice of consent. */
const noAttributes = new Map<string, string>();

function compose(
  input: MapInput<ShoplazzaSettings>,
  order: Payload,
  name: string,
  age: Fresh,
): WebhookOutcome {
  const { settings, headers } = input;
  const money = shoplazzaMoney(order);
  const contents = shoplazzaContents(order, settings.contentId, money?.currency);
  // The last landing is the one that led to the order.
  const landings = [asText(order.last_landing_url), asText(order.landing_site)];
  return finishEvent(
    {
      fields: {
        event_name: name,
        event_id: eventIdOf(order, settings),
        event_time: age.happenedAt,
        external_id: asId(asObject(order.customer).id),
        ...describePerson(shoplazzaAddresses(order)),
        ...findClickIds(noAttributes, landings),
        ip: visitorIp(order.browser_ip),
        contents,
        content_type: contents && (settings.contentId === 'product_id' ? 'product_group' : 'product'),
        order_id: asId(order.id),
        page_url: pageUrl(firstText(...landings), shoplazzaDomain(headers)),
      },
      email: shoplazzaEmail(order),
      phone: shoplazzaPhone(order, input.country),
      money,
      attributes: noAttributes,
      consent: input.consent,
      notAfterMs: age.notAfterMs,
    },
    settings,
  );
}

function eventIdOf(order: Payload, settings: ShoplazzaSettings): string | undefined {
  const id = asId(order.id);
  const parts = { order_id: id, order_number: asText(order.number) };
  return fillTemplate(settings.eventId, parts, noAttributes) ?? id;
}
