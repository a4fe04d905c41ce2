/** Reads the body of a request with a bound on its bytes: memory never grows with what a client sends. */
import type { IncomingMessage } from 'node:http';

/** How long, and how much of, a body that is too large is thrown away, so that the client reads the answer. */
const drainMs = 2_000;
const drainBytes = 64 * 1024 * 1024;

/** The bytes of the body, or `too-large` once they pass `maxBytes`; rejects when the client goes away. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too-large';
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      request.off('data', onData);
      request.pause();
      resolve('too-large');
    };
    request.on('data', onData);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The client closed the connection')));
  });
}

/**
 * Throws away what is left of a body. Answering and closing at once would reset the connection, and the client
 * would see the reset in place of the answer.
 */
export function discardBody(request: IncomingMessage): void {
  let size = 0;
  const giveUp = setTimeout(() => request.destroy(), drainMs);
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > drainBytes) request.destroy();
  });
  request.once('error', () => undefined);
  request.once('close', () => clearTimeout(giveUp));
  request.once('end', () => clearTimeout(giveUp));
  request.resume();
}
