/** Events of platforms without a built-in mapping: the body's event objects, or the results of the stage file's mapping. */
import { createHash } from 'node:crypto';
import type { MappedEvents } from '../../mapping/apply-mapping.ts';
import { metadata } from '../../payload/attributes.ts';
import { asUnixSeconds } from '../../payload/time.ts';
import { asText, isPayload, type Payload } from '../../payload/values.ts';
import type { PreparedSource } from '../prepare-source.ts';
import type { WebhookHeaders } from '../webhook-headers.ts';
import { skip, type WebhookOutcome } from '../webhook-outcome.ts';
import { decideOnConsent, readChoice } from './consent.ts';
import { freshSeconds, isStale, isUnreadableTime, notAfterMs, notInFuture } from './freshness.ts';

/** The limit of one request to the API. */
const maxEvents = 500;

export interface MappedInput {
  readonly source: Pick<PreparedSource, 'settings' | 'platform'>;
  readonly mapped: MappedEvents;
  readonly headers: WebhookHeaders;
  readonly body: Uint8Array;
  readonly nowMs: number;
}

/** One event, a list of them, or `{"events": […]}`; anything else is skipped. */
export function asEvents(payload: unknown): MappedEvents {
  const list = isPayload(payload) && Array.isArray(payload.events) ? payload.events : payload;
  // One more than the limit shows finishMapped that there are too many.
  const entries: unknown[] = Array.isArray(list) ? list.slice(0, maxEvents + 1) : [list];
  const events = entries.filter(isPayload).map(withoutNulls);
  const skipped = entries
    .filter((entry) => !isPayload(entry))
    .map(() => ({ reason: 'unexpected_body' as const, detail: 'an entry is not an object' }));
  return { events, paidAt: [], omissions: [], skipped, consent: undefined, notes: [] };
}

/** `null` is the same as absent. */
const withoutNulls = (event: Payload): Record<string, unknown> =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null));

/** @returns at least one outcome */
export function finishMapped(input: MappedInput): WebhookOutcome[] {
  const { events, skipped } = input.mapped;
  if (events.length + skipped.length > maxEvents)
    return [skip('unexpected_body', `more than ${maxEvents} events`)];
  const id = identityOf(input);
  const outcomes = events.map((event, index) =>
    finishOne(event, index, events.length > 1 ? `${id}-${index + 1}` : id, input),
  );
  const missed = skipped.map(({ reason, detail }) => skip(reason, detail));
  return outcomes.length + missed.length > 0 ? [...outcomes, ...missed] : [skip('unexpected_body')];
}

function finishOne(mapped: Payload, index: number, id: string, input: MappedInput): WebhookOutcome {
  const { nowMs } = input;
  const { settings } = input.source;
  const paidAt = input.mapped.paidAt[index];
  if (mapped.destination != null && mapped.destination !== settings.destination)
    return skip('destination_not_allowed', 'destination');
  const decision = decideOnConsent(settings.consent, choiceOf(mapped, input));
  if (decision === 'skip') return skip('no_consent', `consent: ${settings.consent}`);
  const paid = asUnixSeconds(paidAt);
  if (paidAt !== undefined && (paid === undefined || isUnreadableTime(paidAt, nowMs)))
    return skip('no_time', 'source.paid_at');
  if (paid !== undefined && isStale(paid, nowMs)) return skip('stale', 'source.paid_at');
  const limited = decision === 'send_limited' && { limited_data_use: true };
  const event = { ...mapped, destination: settings.destination, ...limited };
  const lastMs = paid === undefined ? nowMs + freshSeconds * 1000 : notAfterMs(notInFuture(paid, nowMs));
  return {
    kind: 'event',
    event,
    fallbackId: id,
    notAfterMs: lastMs,
    omitted: input.mapped.omissions[index] ?? [],
  };
}

/** The choice from source.consent or, without it, from the field `consent` and the usual keys in custom_properties. */
function choiceOf(event: Payload, { mapped, source }: MappedInput) {
  const { settings } = source;
  const [key = ''] = settings.consentKeys;
  const attributes =
    mapped.consent === undefined ? metadata(event.custom_properties) : metadata({ [key]: mapped.consent });
  return readChoice(attributes, settings.consentKeys, consentWord(event.consent));
}

const consentWord = (value: unknown): string | undefined =>
  typeof value === 'boolean' ? String(value) : asText(value);

/** The signed id of the delivery is stable across retries; without one, the digest of the body is. */
function identityOf({ source, headers, body }: MappedInput): string {
  const deliveryId = source.platform.deliveryId(headers);
  if (deliveryId !== undefined && deliveryId.length <= 240) return deliveryId;
  return `wh-${createHash('sha256').update(body).digest('hex').slice(0, 40)}`;
}
