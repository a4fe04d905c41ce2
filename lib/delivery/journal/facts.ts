/** What the journal says about a message: fingerprints and known names, since another producer can write anything. */
import { settingName } from '../../events/destination.ts';
import type { FieldIssue } from '../../events/issue.ts';
import { loggableEventName } from '../../events/standard-events.ts';
import { asText } from '../../payload/values.ts';
import { fingerprint } from '../../privacy/sha256.ts';
import { foreignSource, type ReceivedMessage } from '../../queue/message.ts';
import type { MessageFacts } from '../message.ts';

interface Findings {
  readonly warnings?: readonly FieldIssue[];
  readonly errors?: readonly FieldIssue[];
}

export function factsOf({ event, source, isForeign }: ReceivedMessage, findings: Findings): MessageFacts {
  const { event_id: id, event_name: name } = event;
  const eventId = typeof id === 'string' ? id : asText(id);
  return {
    event: eventId === undefined ? undefined : fingerprint(eventId),
    orderId: asText(event.order_id),
    name: typeof name === 'string' ? loggableEventName(name.trim()) : undefined,
    source: loggableSource(source),
    isForeign,
    warnings: findings.warnings ?? [],
    errors: findings.errors ?? [],
  };
}

/** Of a message that nobody can read: the gateway wrote none like it. */
export const undecodableFacts: MessageFacts = {
  event: undefined,
  orderId: undefined,
  name: undefined,
  source: foreignSource,
  isForeign: true,
  warnings: [],
  errors: [],
};

/** Another producer can name its messages' source: a text that no stage file allows, or that could be a phone, is not logged. */
const loggableSource = (source: string): string =>
  settingName.test(source) && !/\d{7}/.test(source) ? source : foreignSource;
