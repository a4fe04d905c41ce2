/** Serves the console page and its data: the depths of the queues and the dead letters. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { QueueServer } from './sqs/queue-server.ts';
import { writeJson } from './tiktok-sandbox/control.ts';

/** The page contains its style and script; it may only call this server. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "script-src 'unsafe-inline'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function isConsolePage(request: IncomingMessage, path: string): boolean {
  return request.method === 'GET' && ['/', '/_sandbox', '/_sandbox/'].includes(path);
}

export function writeConsolePage(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(readFileSync(new URL('console.html', import.meta.url)));
}

/** `GET /_sandbox/queue`. */
export async function writeQueue(response: ServerResponse, queue: QueueServer): Promise<void> {
  const [waiting, dead, deadLetters] = await Promise.all([
    queue.depth(queue.queueUrl),
    queue.depth(queue.deadLetterQueueUrl),
    queue.deadLetters(),
  ]);
  writeJson(response, 200, { queue: waiting, deadLetterQueue: dead, deadLetters });
}
