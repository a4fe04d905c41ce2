/** Writes the sandbox's answers: TikTok's JSON under HTTP 200, and answers that are slow or huge. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Verdict } from './track/check-request.ts';

const padding = Buffer.alloc(64 * 1024, ' ');

export function writeAnswer(response: ServerResponse, verdict: Verdict, data?: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(answerText(verdict, data));
}

export function writeText(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `text/${type}; charset=utf-8` });
  response.end(body);
}

/** Sends one byte at a time until the client disconnects. */
export function trickleAnswer(response: ServerResponse, verdict: Verdict, pauseMs: number): void {
  const bytes = Buffer.from(answerText(verdict));
  response.writeHead(200, { 'content-type': 'application/json' });
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent >= bytes.length) response.end();
  }, pauseMs);
  response.once('close', () => clearInterval(timer));
}

/** Sends a valid answer after enough spaces to reach `bytes`, no faster than the client reads. */
export function writeHugeAnswer(response: ServerResponse, verdict: Verdict, bytes: number): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  // This answer tests that the client disconnects, so the broken pipe is expected.
  pipeline(Readable.from(hugeAnswer(verdict, bytes)), response).catch(() => undefined);
}

/** TikTok's request ids start with the time: `20261122151216` and hex digits. */
function requestId(): string {
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  return time + randomBytes(9).toString('hex').toUpperCase();
}

/** The envelope of every answer; `data` is JSON text, so that it can contain ids above 2^53 as numbers. */
function answerText({ code, message }: Verdict, data = '{}'): string {
  const envelope = JSON.stringify({ code, message, request_id: requestId() });
  return `${envelope.slice(0, -1)},"data":${data}}`;
}

function* hugeAnswer(verdict: Verdict, bytes: number): Generator<Buffer> {
  const answer = Buffer.from(answerText(verdict));
  for (let left = bytes - answer.length; left > 0; left -= padding.length) yield padding.subarray(0, left);
  yield answer;
}
