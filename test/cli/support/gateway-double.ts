/** Stands where a gateway would: takes posts, keeps the events, and answers what a test wants. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Event = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
/** undefined: all events are accepted. */
type Script = (events: readonly Event[], post: number) => Answer | undefined | Promise<Answer | undefined>;

const receipts = (events: readonly Event[]) =>
  events.map((event, index) => ({
    index,
    event_id: String(event.event_id),
    status: 'accepted',
    warnings: [],
  }));

export async function startGatewayDouble() {
  let script: Script = () => undefined;
  const accepted: Event[] = [];
  const authorizations = new Set<string | undefined>();
  let posts = 0;

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const events: Event[] = body.events ?? [body];
    authorizations.add(request.headers.authorization);
    posts += 1;
    const answer = await script(events, posts);
    if (answer === undefined) accepted.push(...events);
    const {
      status,
      headers = {},
      body: reply,
    } = answer ?? {
      status: 202,
      body: { accepted: events.length, rejected: 0, events: receipts(events) },
    };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(reply ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Events of all posts that were accepted whole, in order of arrival. */
    accepted,
    authorizations,
    posts: () => posts,
    accept: (events: readonly Event[]) => void accepted.push(...events),
    receipts,
    answer: (next: Script) => {
      script = next;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type GatewayDouble = Awaited<ReturnType<typeof startGatewayDouble>>;
