/** A real HTTP server on a free loopback port that reads each request whole before a test's script answers it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback } from '../../../local/loopback-server.ts';

/** @param body the whole body as UTF-8 text */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
) => void | Promise<void>;

/** @returns the server, its base URL without a trailing slash, and `stop`, which ends open connections too */
export async function startHttpServer(answer: Answer) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    await answer(request, response, Buffer.concat(chunks).toString('utf8'));
  });
  const url = await listenOnLoopback(server, 0);
  return { server, url, stop: () => closeServer(server) };
}
