/** The queue of a course with its mapping: messages come back after their delay, in batches, until they are settled. */
import type { SQSRecord } from 'aws-lambda';
import type { QueueClient } from '../../../lib/queue/queue-client.ts';
import { sqsRecord } from '../../support/delivery/records.ts';
import type { Scheduler } from '../engine/scheduler.ts';

export interface CourseEvent {
  /** Of the event and of its message. */
  readonly id: string;
  readonly body: string;
  /** How often SQS had handed it out before. */
  readonly receives: number;
}

export interface Settled {
  /** The attributes of its dead letter; undefined when it was delivered. */
  readonly letter: Readonly<Record<string, string>> | undefined;
  readonly receives: number;
  /** Since the start of the course. */
  readonly seconds: number;
}

export interface CourseQueue {
  /** Parks and delays. */
  readonly client: QueueClient;
  /** Hands the message out once more. */
  readonly receive: (id: string) => SQSRecord;
  /** Deletes a delivered message; a parked one is no longer in the queue. */
  readonly remove: (id: string) => void;
  /** By event id. */
  readonly settled: ReadonlyMap<string, Settled>;
}

interface CourseQueueOptions {
  readonly events: readonly CourseEvent[];
  readonly scheduler: Scheduler;
  readonly secondsIn: () => number;
  readonly windowSeconds: number;
  readonly invoke: (ids: readonly string[]) => void;
}

export function createCourseQueue(options: CourseQueueOptions): CourseQueue {
  const { events, scheduler, secondsIn } = options;
  const waiting = new Map(events.map((event) => [event.id, { ...event }]));
  const settled = new Map<string, Settled>();
  const collect = createCollector(options);
  const settle = (id: string, letter?: Settled['letter']): void => {
    settled.set(id, { letter, receives: messageOf(id).receives, seconds: secondsIn() });
    waiting.delete(id);
  };
  const messageOf = (id: string) => {
    const message = waiting.get(id);
    if (message === undefined) throw new Error(`the message ${id} is settled already`);
    return message;
  };
  return {
    settled,
    client: {
      async send(_, letters) {
        for (const { body, attributes = {} } of letters) settle(JSON.parse(body).event.event_id, attributes);
        return { stored: letters.map(() => true), errors: [] };
      },
      async delay(_, delays) {
        for (const { receiptHandle: id, seconds } of delays)
          scheduler.after(seconds * 1_000, () => waiting.has(id) && collect(id));
        return [];
      },
    },
    receive(id) {
      const message = messageOf(id);
      message.receives += 1;
      const { body, receives } = message;
      return { ...sqsRecord({ messageId: id, body, receives }), receiptHandle: id };
    },
    remove: (id) => waiting.has(id) && settle(id),
  };
}

const maxBatch = 50;

/** Collects messages as the mapping does: until the batch is full, or its first message has waited for the window. */
function createCollector({ scheduler, windowSeconds, invoke }: CourseQueueOptions) {
  let batch: string[] = [];
  let cancel = (): void => {};
  const close = (): void => {
    cancel();
    invoke(batch);
    batch = [];
  };
  return (id: string): void => {
    if (batch.push(id) === 1) cancel = scheduler.after(windowSeconds * 1_000, close);
    if (batch.length === maxBatch) close();
  };
}
