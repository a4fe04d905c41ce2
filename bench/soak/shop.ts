/** The callers of a soak: posts of several sizes, events that must be refused, webhooks, and strangers. It counts all of them. */
import { Agent, request } from 'node:http';
import type { Random } from '../../test/support/random.ts';
import { eventOf } from '../pipeline/load-events.ts';
import { webhookOf } from './webhooks.ts';

export interface Accepted {
  /** Ids of events that the gateway acknowledged. */
  readonly ids: Set<string>;
  /** Number of acknowledged webhook events; the gateway chooses their ids. */
  webhookEvents: number;
  posts: number;
  /** Answers that the request did not call for, such as a 500 or a 202 for a wrong key. */
  readonly surprises: string[];
}

export interface ShopSettings {
  readonly url: string;
  readonly random: Random;
  readonly accepted: Accepted;
}

export type Shop = ReturnType<typeof createShop>;

/** A slot of `poisonText` in an id makes the sandbox refuse the event. */
export const poisonText = '-poison';

interface Answer {
  readonly status: number;
  readonly body: {
    readonly accepted?: number;
    readonly events?: readonly { readonly event_id?: string; readonly status: string }[];
  };
}

export function createShop({ url, random, accepted }: ShopSettings) {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const key = { authorization: 'Bearer local-api-key', 'content-type': 'application/json' };
  let count = 0;

  function send(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    accepted.posts += 1;
    return new Promise((resolve, reject) => {
      const outgoing = request(url + path, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
        response.once('error', reject);
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }

  function expectStatus(what: string, { status }: Answer, wanted: number): void {
    if (status !== wanted) accepted.surprises.push(`${what}: ${status} instead of ${wanted}`);
  }

  function nextEvent(): object {
    count += 1;
    const event = eventOf('soak', count);
    return random.isHit(0.001) ? { ...event, event_id: `soak:${count}${poisonText}` } : event;
  }

  async function postEvents(size: number, bad: number, wanted: number): Promise<void> {
    const events = [
      ...Array.from({ length: size }, nextEvent),
      ...Array.from({ length: bad }, () => ({ ...nextEvent(), value: 'much' })),
    ];
    const answer = await send('/v1/events', JSON.stringify({ events }), key);
    expectStatus(`${size} good and ${bad} bad events`, answer, wanted);
    for (const { status, event_id } of answer.body.events ?? [])
      if (status === 'accepted' && event_id !== undefined) accepted.ids.add(event_id);
  }

  async function sendWebhook(isForged: boolean): Promise<void> {
    count += 1;
    const { source, body, headers } = webhookOf(count);
    const answer = await send(`/v1/webhooks/${source}`, isForged ? `${body} ` : body, headers);
    expectStatus(isForged ? `forged ${source}` : source, answer, isForged ? 401 : 200);
    if (!isForged && answer.body.accepted !== 1) accepted.surprises.push(`${source}: not accepted`);
    accepted.webhookEvents += answer.body.accepted ?? 0;
  }

  const refuse = async (what: string, body: string, headers: Record<string, string>, wanted: number) =>
    expectStatus(what, await send('/v1/events', body, headers), wanted);

  /** The most frequent first. */
  const errands: readonly [share: number, run: () => Promise<void>][] = [
    [0.3, () => postEvents(1, 0, 202)],
    [0.2, () => postEvents(10, 0, 202)],
    [0.15, () => sendWebhook(false)],
    [0.1, () => postEvents(50, 0, 202)],
    [0.08, () => postEvents(5, 2, 207)],
    [0.05, () => postEvents(0, 2, 422)],
    [0.04, () => postEvents(200, 0, 202)],
    [0.03, () => sendWebhook(true)],
    [0.03, () => refuse('broken JSON', '{"event_name":', key, 400)],
    [0.02, () => refuse('a wrong key', '{}', { ...key, authorization: 'Bearer wrong' }, 401)],
  ];

  return {
    /** One request, drawn by chance. */
    async runErrand(): Promise<void> {
      let chance = random.next();
      for (const [share, run] of errands) {
        chance -= share;
        if (chance < 0) return run();
      }
      return errands[0]?.[1]();
    },
    close: () => agent.destroy(),
  };
}
