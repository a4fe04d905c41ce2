/** The gateway of this machine with its collector, and raw requests to it as browsers and attackers send them. */
import { request } from 'node:http';
import { type Gateway, type GatewaySettings, startGateway } from '../../../local/gateway.ts';
import { tapOutput } from '../../../local/journal/tap-output.ts';
import { eventually } from '../../support/eventually.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

export interface Line {
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface Parts {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string | Buffer;
}

export interface TikTokEvent {
  readonly event: string;
  readonly event_id: string;
  readonly event_time: number;
  readonly user: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly page?: Readonly<Record<string, unknown>>;
  readonly limited_data_use?: boolean;
}

export type CollectStage = Awaited<ReturnType<typeof startCollectStage>>;

export const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0';

/** One a file: the functions read their settings when they are loaded. */
export async function startCollectStage(settings: Partial<GatewaySettings> = {}) {
  const lines: Line[] = [];
  const errors: unknown[] = [];
  const endTap = tapOutput((line) => {
    if (line.startsWith('{')) lines.push(JSON.parse(line));
  });
  const gateway: Gateway = await startGateway({
    port: 0,
    sqsPort: 0,
    mapping: { windowMs: 50 },
    onError: (error) => errors.push(error),
    ...settings,
  });
  const { port } = new URL(gateway.url);

  const send = ({ method = 'POST', path = '/v1/collect', headers = {}, body }: Parts): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const given = Object.entries(headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      );
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers: Object.fromEntries(given) });
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            cookies: incoming.headers['set-cookie'] ?? [],
            body: Buffer.concat(chunks),
          }),
        );
      });
      outgoing.end(body);
    });

  return {
    gateway,
    lines,
    errors,
    send,
    /** As the script posts, from a page of this machine. */
    post: (body: unknown, headers: Parts['headers'] = {}) =>
      send({
        headers: {
          origin: gateway.url,
          'content-type': 'text/plain;charset=UTF-8',
          'user-agent': browser,
          ...headers,
        },
        body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      }),
    collected: () => lines.filter(({ message }) => message === 'events collected'),
    /** Waits until nothing is on its way, and starts anew. */
    async forget(): Promise<void> {
      await eventually(async () => {
        const { visible, inFlight, delayed } = await gateway.queue.depth(gateway.queueUrl);
        return visible + inFlight + delayed === 0;
      });
      await fetch(`${gateway.url}/_sandbox/requests`, { method: 'DELETE' });
      lines.length = 0;
    },
    async delivered(): Promise<TikTokEvent[]> {
      const answer = await fetch(`${gateway.url}/_sandbox/requests`);
      const { requests } = (await answer.json()) as { requests: { body: { data: TikTokEvent[] } }[] };
      return requests.flatMap(({ body }) => body.data);
    },
    async stop(): Promise<void> {
      await gateway.stop();
      endTap();
    },
  };
}

/** A post of the script with one event. */
export const postOf = (event: object = {}, page: object = {}) => ({
  v: 1,
  u: 'https://shop.example/p/1',
  e: [{ n: 'ViewContent', i: 'id-1', ...event }],
  ...page,
});
