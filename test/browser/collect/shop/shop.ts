/**
 * A shop, its collector and the stub of TikTok's pixel on one port. Each flow has a path of its own, so that many visitors
 * can be in the shop at once.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { BrowserSettings, PostedEvent } from '../../../../lib/collect/wire.ts';
import { closeServer, listenOnLoopback } from '../../../../local/loopback-server.ts';
import { pixelScripts } from '../../../../local/shop/pixel/manners.ts';
import { type BuiltBrowser, buildBrowser } from '../../../../scripts/browser/browser-script.ts';
import { type Received, receive, setCookies } from './door.ts';

/** What TikTok's pixel sent. */
export interface Copy {
  readonly event: string;
  readonly event_id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly context: {
    readonly pixel: { readonly code: string };
    readonly user: Readonly<Record<string, unknown>>;
  };
}

export interface FlowSettings extends Partial<BrowserSettings> {
  /** @returns the document for a path behind the flow's own, such as `/product` */
  readonly html: (tag: string, flow: Flow, path: string) => string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the pages' elements, when a policy needs one. */
  readonly nonce?: string;
  /** The collector has the host of the page. */
  readonly sameHost?: boolean;
  /** Changes the browser script on its way, such as to time it. */
  readonly wrap?: (script: string) => string;
  /** Milliseconds before the browser script is sent. */
  readonly scriptDelayMs?: number;
}

export interface Flow {
  readonly id: string;
  /** `http://shop.localhost:<port>/<id>`, without a slash behind. */
  readonly url: string;
  readonly collector: string;
  readonly built: BuiltBrowser;
  readonly requests: Received[];
  readonly copies: Copy[];
  readonly problems: string[];
  /** How often a page asked for the browser script. */
  scripts: number;
  /** What the collector does: a status, or `down` to break the connection. */
  state: number | 'down';
  /** Every attempt, also those that failed. */
  attempts: number;
  /** Milliseconds before the collector answers what it has taken. */
  answerDelayMs: number;
  readonly events: () => PostedEvent[];
}

export interface Shop {
  readonly flow: (settings: FlowSettings) => Promise<Flow>;
  readonly close: () => Promise<void>;
}

const stub = new Map(
  pixelScripts.map((name) => [
    name as string,
    readFileSync(new URL(`../../../../local/shop/pixel/${name}`, import.meta.url)),
  ]),
);
export const usual: BrowserSettings = {
  consent: 'always',
  pageViews: false,
  untouched: ['CompletePayment', 'PlaceAnOrder', 'Purchase'],
};

export async function startShop(): Promise<Shop> {
  const flows = new Map<string, readonly [Flow, FlowSettings]>();
  let count = 0;
  const builds = new Map<string, Promise<BuiltBrowser>>();
  const server = createServer((request, response) => {
    const [, id = '', ...rest] = (request.url ?? '').split('/');
    const found = flows.get(id);
    if (found === undefined) return void response.writeHead(404).end();
    void answer(request, response, found, `/${rest.join('/')}`);
  });
  const { port } = new URL(await listenOnLoopback(server, 0));

  return {
    async flow(settings) {
      const id = `f${++count}`;
      const { consent, pageViews, untouched } = { ...usual, ...settings };
      const key = JSON.stringify({ consent, pageViews, untouched });
      const building = builds.get(key) ?? buildBrowser({ consent, pageViews, untouched });
      builds.set(key, building);
      const url = `http://shop.localhost:${port}/${id}`;
      const flow: Flow = {
        id,
        url,
        collector: settings.sameHost ? url : `http://e.shop.localhost:${port}/${id}`,
        built: await building,
        requests: [],
        copies: [],
        problems: [],
        scripts: 0,
        state: 204,
        attempts: 0,
        answerDelayMs: 0,
        events: () => flow.requests.flatMap(({ post }) => post.e),
      };
      flows.set(id, [flow, settings]);
      return flow;
    },
    close: () => closeServer(server),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  [flow, settings]: readonly [Flow, FlowSettings],
  path: string,
): Promise<void> {
  const { pathname } = new URL(path, 'http://shop.localhost');
  const body = await text(request);
  if (pathname === '/v1/collect') return collect(request, response, flow, body);
  if (pathname === '/copies') {
    flow.copies.push(JSON.parse(body));
    return void response.writeHead(204).end();
  }
  if (pathname === '/blocked/loader.js') return void request.socket.destroy();
  const script = stub.get(pathname.slice('/pixel/'.length));
  const javascript = { 'content-type': 'text/javascript' };
  if (script)
    return void response
      .writeHead(200, { ...javascript, 'cache-control': 'public, max-age=3600' })
      .end(script);
  if (pathname.startsWith('/v1/browser')) {
    flow.scripts++;
    await new Promise((resolve) => setTimeout(resolve, settings.scriptDelayMs ?? 0));
    return void response
      .writeHead(200, { ...javascript, 'access-control-allow-origin': '*' })
      .end(settings.wrap?.(flow.built.script) ?? flow.built.script);
  }
  const html = settings.html(flow.built.tag(flow.collector, settings.nonce), flow, pathname);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...settings.headers }).end(html);
}

function collect(request: IncomingMessage, response: ServerResponse, flow: Flow, body: string): void {
  flow.attempts++;
  if (request.method !== 'POST') flow.problems.push(`${request.method} of the collector`);
  if (flow.state === 'down') return void request.socket.destroy();
  // API Gateway's own answers have no CORS headers.
  const cors = {
    'access-control-allow-origin': request.headers.origin ?? '',
    'access-control-allow-credentials': 'true',
    vary: 'Origin',
  };
  if (flow.state !== 204) return void response.writeHead(flow.state, flow.state === 429 ? {} : cors).end();
  const { received, problems } = receive(request, body);
  flow.requests.push(received);
  flow.problems.push(...problems);
  const headers = { ...cors, 'set-cookie': setCookies(received, 'shop.localhost') };
  setTimeout(() => response.writeHead(204, headers).end(), flow.answerDelayMs);
}
