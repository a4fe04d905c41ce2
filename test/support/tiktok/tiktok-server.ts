/** A real HTTP server in TikTok's place that answers as the test says and counts its connections. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { startHttpServer } from '../http/http-server.ts';

export interface SeenRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

export type Answering = (response: ServerResponse, request: SeenRequest, index: number) => void;

/** @param answering called once the whole request has been read */
export async function startTikTokServer(answering: Answering) {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const { server, url, stop } = await startHttpServer(({ method, url, headers }, response, body) => {
    const seen = { method, url, headers, body };
    answering(response, seen, requests.push(seen) - 1);
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  return { url, requests, sockets, connections: () => connections, stop };
}

export const answerJson = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
