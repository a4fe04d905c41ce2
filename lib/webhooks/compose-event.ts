/** The last step of every built-in mapping: consent, and money that TikTok accepts. */
import type { Omission } from '../events/issue.ts';
import type { Attributes } from '../payload/attributes.ts';
import { withoutGaps, withoutPrices } from '../payload/contents.ts';
import { isAcceptedByTikTok, type Money } from '../payload/money.ts';
import type { Picked } from '../payload/person.ts';
import type { CommonSettings } from './common-settings.ts';
import { decideOnConsent, readChoice } from './rules/consent.ts';
import { skip, type WebhookOutcome } from './webhook-outcome.ts';

export interface EventDraft {
  /** Fields that may be undefined; `email`, `phone` and money are separate. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly email: Picked;
  readonly phone: Picked;
  readonly money: Money | undefined;
  readonly attributes: Attributes;
  /** The visitor's choice from the mapping, in addition to the attributes. */
  readonly consent?: string | undefined;
  readonly notAfterMs: number;
}

/** @returns the event, or a skip when consent is missing */
export function finishEvent(draft: EventDraft, settings: CommonSettings): WebhookOutcome {
  const decision = decideOnConsent(
    settings.consent,
    readChoice(draft.attributes, settings.consentKeys, draft.consent),
  );
  if (decision === 'skip') return skip('no_consent', `consent: ${settings.consent}`);
  const hasCurrency = draft.money !== undefined && isAcceptedByTikTok(draft.money.currency);
  const omitted: Omission[] = [];
  for (const field of ['email', 'phone'] as const) {
    const { isOmitted, isPlaceholder } = draft[field];
    if (isOmitted) omitted.push({ field, code: isPlaceholder ? 'placeholder' : `invalid_${field}` });
  }
  if (draft.money !== undefined && !hasCurrency)
    omitted.push({ field: 'currency', code: 'unsupported_currency' });
  if (draft.money !== undefined && draft.money.amount === undefined)
    omitted.push({ field: 'value', code: 'invalid_number' });
  const event = withoutGaps({
    ...draft.fields,
    email: draft.email.value,
    phone: draft.phone.value,
    ...(hasCurrency && { value: draft.money.amount, currency: draft.money.currency }),
    ...(!hasCurrency && { contents: withoutPrices(draft.fields.contents) }),
    ...(decision === 'send_limited' && { limited_data_use: true }),
    destination: settings.destination,
  });
  return { kind: 'event', event, notAfterMs: draft.notAfterMs, omitted };
}
