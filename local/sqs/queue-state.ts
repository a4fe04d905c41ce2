/** `GET /_sandbox/queue`: the depths of the queues, and the attributes of the dead letters. */
import type { ServerResponse } from 'node:http';
import { writeJson } from '../tiktok-sandbox/control.ts';
import type { QueueServer } from './queue-server.ts';

export async function writeQueue(response: ServerResponse, queue: QueueServer): Promise<void> {
  const [waiting, dead, deadLetters] = await Promise.all([
    queue.depth(queue.queueUrl),
    queue.depth(queue.deadLetterQueueUrl),
    queue.deadLetters(),
  ]);
  writeJson(response, 200, { queue: waiting, deadLetterQueue: dead, deadLetters });
}
