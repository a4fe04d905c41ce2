/** Reads the body of a request up to a limit in bytes, so that no client can fill the memory. */
import type { IncomingMessage } from 'node:http';

/** Limits in time and bytes for discarding a body that is too large, so that the client can read the answer. */
const drainMs = 2_000;
const drainBytes = 64 * 1024 * 1024;

/** @returns the bytes of the body, or `too-large` above `maxBytes`; rejects when the client disconnects */
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
 * Discards the rest of a body. Closing right after the answer would reset the connection, and the client would see the
 * reset instead of the answer.
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
