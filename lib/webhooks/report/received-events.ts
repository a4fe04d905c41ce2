/** The lists of a webhook's log line: fingerprints, names and codes of its events, or of the orders that became none. */
import { issueLabels } from '../../events/fields/loggable-field.ts';
import { loggableEventName } from '../../events/standard-events.ts';
import type { ReceivedEvent } from '../../journal/line.ts';
import { notQueued, orderList, type ReceivedLists, receivedLists } from '../../journal/received-lists.ts';
import { fingerprint } from '../../privacy/sha256.ts';
import type { Encoded } from '../encode-event.ts';
import type { PreparedSource } from '../prepare-source.ts';
import type { SkipReason } from '../webhook-outcome.ts';

type Source = Pick<PreparedSource, 'settings' | 'map'>;

/**
 * @param orders ids and numbers of what the webhook is about
 * @param isStored false when its events were not queued
 */
export function describeReceived(
  source: Source,
  orders: readonly string[],
  encoded: readonly Encoded[],
  isStored: boolean,
): Partial<ReceivedLists> {
  const fingerprintsOf = (orderId: string | undefined): string[] =>
    [...new Set([...(orderId === undefined ? [] : [orderId]), ...orders])].map(fingerprint);
  const events = encoded.flatMap((item): ReceivedEvent[] => {
    if ('message' in item)
      return [
        {
          event: item.event,
          orders: fingerprintsOf(item.orderId),
          name: loggableName(item.name, source),
          warnings: issueLabels(item.omitted),
          errors: isStored ? [] : notQueued,
        },
      ];
    // The line's own reason is that of the first: an order of its own needs its own reason.
    return item.orderId === undefined ? [] : [skippedEvent(item.reason, fingerprintsOf(item.orderId))];
  });
  if (events.some(({ event }) => event !== undefined)) return receivedLists(events);
  const missed = new Set(encoded.flatMap(({ orderId }) => fingerprintsOf(orderId)));
  return missed.size === 0 ? {} : { order: orderList([[...missed]]) };
}

const skippedEvent = (reason: SkipReason, orders: readonly string[]): ReceivedEvent => ({
  event: undefined,
  orders,
  name: undefined,
  warnings: [],
  errors: [`:${reason}`],
});

/** A wrong mapping can put an e-mail address there, so only names that TikTok or the stage file knows are logged. */
function loggableName(name: string, { settings, map }: Source): string {
  const isStated = map?.eventNames.has(name) || Object.values(settings.topics ?? {}).includes(name);
  return isStated ? name : loggableEventName(name);
}
