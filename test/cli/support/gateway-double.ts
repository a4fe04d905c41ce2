/** A server in the gateway's place: it accepts posts, keeps their events, and answers as a test wants. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startHttpServer } from '../../support/http/http-server.ts';

export type Event = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
/** Without an answer, the gateway accepts all events. */
type Script = (events: readonly Event[], post: number) => Answer | undefined | Promise<Answer | undefined>;

export async function startGatewayDouble() {
  let script: Script = () => undefined;
  const accepted: Event[] = [];
  const authorizations = new Set<string | undefined>();
  const preferences = new Set<string | string[] | undefined>();
  let posts = 0;

  async function answerPost(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
    if (request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    const body = JSON.parse(text);
    const events: Event[] = body.events ?? [body];
    authorizations.add(request.headers.authorization);
    preferences.add(request.headers.prefer);
    posts += 1;
    const scripted = await script(events, posts);
    if (scripted === undefined) accepted.push(...events);
    const { status, headers = {}, body: answer = {} } = scripted ?? acceptAll(events);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(answer));
  }

  const { url, stop } = await startHttpServer(answerPost);
  return {
    url,
    /** The events of all posts that were accepted whole, in order of arrival. */
    accepted,
    authorizations,
    preferences,
    posts: () => posts,
    accept: (events: readonly Event[]) => void accepted.push(...events),
    receipts,
    answer: (next: Script) => {
      script = next;
    },
    stop,
  };
}

export type GatewayDouble = Awaited<ReturnType<typeof startGatewayDouble>>;

const acceptAll = (events: readonly Event[]): Answer => ({
  status: 202,
  body: { accepted: events.length, rejected: 0, events: receipts(events) },
});

function receipts(events: readonly Event[]) {
  return events.map((event, index) => ({
    index,
    event_id: String(event.event_id),
    status: 'accepted',
    warnings: [],
  }));
}
