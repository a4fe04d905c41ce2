/** A queue that keeps what is sent and delayed, and can refuse some of it. */
import type { Delay, OutgoingMessage, QueueClient } from '../../../lib/queue/queue-client.ts';

export interface MemoryQueue extends QueueClient {
  readonly sent: { queueUrl: string; message: OutgoingMessage }[];
  readonly delays: { queueUrl: string; delay: Delay }[];
}

/** @param isStored says of each message, by its place in the whole, whether the queue takes it */
export function createMemoryQueue(isStored: (index: number) => boolean = () => true): MemoryQueue {
  const sent: MemoryQueue['sent'] = [];
  const delays: MemoryQueue['delays'] = [];
  let index = 0;
  return {
    sent,
    delays,
    async send(queueUrl, messages) {
      const stored = messages.map((message) => {
        const isTaken = isStored(index++);
        if (isTaken) sent.push({ queueUrl, message });
        return isTaken;
      });
      return { stored, errors: stored.filter((isTaken) => !isTaken).map(() => 'ServiceUnavailable') };
    },
    async delay(queueUrl, list) {
      delays.push(...list.map((delay) => ({ queueUrl, delay })));
      return [];
    },
  };
}
