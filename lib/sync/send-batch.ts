/** Queues the events of a batch, directly: the rows were checked with the rules of the stage. */

import type { Event } from '../events/event.ts';
import { issueLabels } from '../events/fields/loggable-field.ts';
import { loggableEventName } from '../events/standard-events.ts';
import type { ReceivedEvent } from '../journal/line.ts';
import { receivedLists } from '../journal/received-lists.ts';
import { fingerprint, fingerprintsOf } from '../privacy/sha256.ts';
import { exceedsBytes } from '../queue/entries.ts';
import { fairGroup } from '../queue/fair-group.ts';
import { encodeMessage, lifetimeMs, maxMessageBytes } from '../queue/message.ts';
import type { OutgoingMessage } from '../queue/queue-client.ts';
import type { ReadyEvent } from '../rows/prepared-row.ts';
import { reportAwsErrors } from '../telemetry/aws-errors.ts';
import type { SyncContext } from './context.ts';
import { RunFault } from './engine/fault.ts';

export interface Sending {
  readonly sync: string;
  readonly runId: string;
  readonly context: SyncContext;
  /** Called before each pause: keeps the lock, and throws to end the invocation. */
  readonly whileWaiting: () => Promise<void>;
}

const firstPauseMs = 1_000;
/** For one batch; the next run repeats what was not queued, with the same ids. */
const giveUpAfterMs = 120_000;

export interface SentBatch {
  readonly sent: number;
  /** Too large for a message. */
  readonly tooLarge: readonly ReadyEvent[];
}

/** @throws RunFault when the queue takes nothing for two minutes */
export async function sendBatch(events: readonly ReadyEvent[], sending: Sending): Promise<SentBatch> {
  const encode = createEncoder(sending);
  const outgoing = events.map((ready) => ({ ready, message: encode(ready) }));
  const tooLarge = outgoing.filter(({ message }) => exceedsBytes(message.body, maxMessageBytes));
  const fitting = tooLarge.length === 0 ? outgoing : outgoing.filter((each) => !tooLarge.includes(each));
  await queueAll(
    fitting.map(({ message }) => message),
    sending,
  );
  const { telemetry } = sending.context.clients;
  if (fitting.length > 0) {
    telemetry.count('EventsAccepted', fitting.length);
    const lists = receivedLists(fitting.map(({ ready }) => describe(ready)));
    telemetry.info('events received', {
      source: sending.sync,
      trace: sending.runId,
      accepted: fitting.length,
      ...lists,
    });
  }
  return { sent: fitting.length, tooLarge: tooLarge.map(({ ready }) => ready) };
}

async function queueAll(messages: readonly OutgoingMessage[], sending: Sending): Promise<void> {
  const { clients, settings, clock } = sending.context;
  const endMs = clock.now() + giveUpAfterMs;
  let open = messages;
  for (let pauseMs = firstPauseMs; open.length > 0; pauseMs *= 2) {
    const { stored, errors } = await clients.queue.send(settings.queueUrl, open);
    reportAwsErrors(clients.telemetry, 'send', errors, { trace: sending.runId });
    const before = open.length;
    open = open.filter((_, index) => stored[index] !== true);
    if (open.length === 0) return;
    if (open.length < before) pauseMs = firstPauseMs;
    if (clock.now() + pauseMs > endMs)
      throw new RunFault('queue_unavailable', `SQS takes no events (${errors[0]}). The next run sends them.`);
    await sending.whileWaiting();
    await clock.pause(pauseMs);
  }
}

/** The times and the names of destinations are the same for a whole batch. */
function createEncoder({ sync, runId, context }: Sending): (ready: ReadyEvent) => OutgoingMessage {
  const nowMs = context.clock.now();
  const received_at = new Date(nowMs).toISOString();
  const not_after = new Date(nowMs + lifetimeMs).toISOString();
  const names = Object.keys(context.settings.destinations);
  return ({ event, canonical }) => {
    // The rules of the stage are known here, so every event that is ready has its canonical form.
    const checked = canonical as Event;
    const { destination = 'default' } = checked;
    const event_id = checked.event_id ?? String(event.event_id);
    const event_time = checked.event_time ?? Math.floor(nowMs / 1000);
    const identified = { ...checked, event_id, event_time };
    const times = { received_at, not_after };
    const origin = { source: sync, trace: runId, logged: true } as const;
    const body = encodeMessage({ v: 1, event: identified, destination, ...times, ...origin });
    return { body, groupId: fairGroup(destination, names) };
  };
}

/** Fingerprints, names and codes, never a value. */
function describe({ event, canonical, omissions, warnings }: ReadyEvent): ReceivedEvent {
  const checked = canonical as Event;
  return {
    event: fingerprint(checked.event_id ?? String(event.event_id)),
    orders: fingerprintsOf(checked.order_id),
    name: loggableEventName(checked.event_name),
    warnings: issueLabels([...omissions, ...warnings]),
    errors: [],
  };
}
