/** The last step of every built-in mapping: money TikTok takes, texts that fit, consent, somebody to match. */
import { singleMatchKeys } from '../events/match-keys.ts';
import type { Attributes } from '../payload/attributes.ts';
import { withoutGaps, withoutPrice } from '../payload/contents.ts';
import { isTakenByTikTok, type Money } from '../payload/money.ts';
import type { Picked } from '../payload/person.ts';
import type { CommonSettings } from './common-settings.ts';
import { decideOnConsent, readChoice } from './rules/consent.ts';
import { cutTexts } from './text-lengths.ts';
import { type Omission, skip, type WebhookOutcome } from './webhook-outcome.ts';

export interface EventDraft {
  /** Fields that may be undefined; `email`, `phone` and money come apart. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly email: Picked;
  readonly phone: Picked;
  readonly money: Money | undefined;
  readonly attributes: Attributes;
  /** The choice as a mapping names it, besides what the attributes say. */
  readonly consent?: string | undefined;
  readonly notAfterMs: number;
}

export function finishEvent(draft: EventDraft, settings: CommonSettings): WebhookOutcome {
  const decision = decideOnConsent(
    settings.consent,
    readChoice(draft.attributes, settings.consentKeys, draft.consent),
  );
  if (decision === 'skip') return skip('no_consent', `consent: ${settings.consent}`);
  const hasCurrency = draft.money !== undefined && isTakenByTikTok(draft.money.currency);
  const omitted: Omission[] = [];
  if (draft.email.isOmitted) omitted.push('email');
  if (draft.phone.isOmitted) omitted.push('phone');
  if (draft.money !== undefined && !hasCurrency) omitted.push('currency');
  const event = fitTexts({
    ...draft.fields,
    email: draft.email.value,
    phone: draft.phone.value,
    ...(hasCurrency && { value: draft.money.amount, currency: draft.money.currency }),
    ...(!hasCurrency && { contents: withoutPrices(draft.fields.contents) }),
    ...(decision === 'send_limited' && { limited_data_use: true }),
    destination: settings.destination,
  });
  if (!hasMatchKey(event)) return skip('no_match_key');
  return { kind: 'event', event, notAfterMs: draft.notAfterMs, omitted };
}

/** Half an id names something else: one that does not fit is left out. */
const ids = ['event_id', 'external_id', 'order_id'] as const;
const maxIdLength = 256;

/** Without its currency a price would be read in the destination's default currency. */
const withoutPrices = (contents: unknown): unknown =>
  Array.isArray(contents) ? contents.map(withoutPrice) : contents;

function fitTexts(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const event = withoutGaps(fields);
  cutTexts(event);
  for (const name of ids) if (String(event[name] ?? '').length > maxIdLength) delete event[name];
  return event;
}

/** Some key is there; whether its destination takes it is judged when the event is checked. */
export const hasMatchKey = (event: Readonly<Record<string, unknown>>): boolean =>
  [...singleMatchKeys, 'lead'].some((key) => event[key] !== undefined && event[key] !== null) ||
  (event.ip !== undefined && event.user_agent !== undefined);
