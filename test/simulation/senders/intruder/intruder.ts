/**
 * Everyone who must not get an event to TikTok: with a wrong, an expired or a limited key, a wrong or an old signature, a body
 * that is too large or no JSON. An acceptance ends the run.
 */
import { Breach } from '../../breach.ts';
import type { SentEvent, Surroundings } from '../../world-parts.ts';
import type { ApiGateway } from '../api-gateway.ts';
import type { Input } from '../event-maker.ts';
import { guarded, pause } from '../pause.ts';
import { type Intrusion, intrusions } from './intrusions.ts';

export interface IntruderSettings {
  /** Of POST /v1/events. */
  readonly api: ApiGateway;
  /** Of the webhooks. */
  readonly webhooks: ApiGateway;
  /** Starts its keys: no other sender has it. */
  readonly prefix: string;
  readonly requests: number;
  readonly pauseMs: number;
}

const mostTries = 5;

/** @returns when every request was rejected, or given up */
export async function runIntruder(surroundings: Surroundings, settings: IntruderSettings): Promise<void> {
  const { random } = surroundings;
  const { prefix, requests, pauseMs } = settings;
  for (let number = 1; number <= requests; number += 1) {
    const intrusion = random.pick(intrusions);
    const key = `${prefix}${number}`;
    await guarded(`intruder ${key}: ${intrusion.name}`, surroundings, () =>
      intrude(intrusion, key, surroundings, settings),
    );
    await pause(pauseMs, surroundings);
  }
}

async function intrude(
  { door, statuses, request }: Intrusion,
  key: string,
  surroundings: Surroundings,
  settings: IntruderSettings,
): Promise<void> {
  const { scheduler, witness } = surroundings;
  const event: SentEvent = {
    key,
    source: door === 'api' ? 'api' : 'webhook',
    destination: 'default',
    nature: 'invalid',
    isStable: true,
    atMs: scheduler.now(),
  };
  const text = JSON.stringify(inputOf(key));
  for (let tries = 1; tries <= mostTries; tries += 1) {
    witness({ kind: 'attempted', event });
    const answer = await settings[door].send({ ...request(text, scheduler.now()), timeoutMs: 30_000 });
    if (answer !== undefined && statuses.includes(answer.status)) return witness({ kind: 'rejected', key });
    const isRepeated = answer === undefined || answer.status === 429 || answer.status >= 500;
    if (!isRepeated) throw new Breach(`answered ${answer.status}: ${answer.body}`);
    await pause(1_000 * 2 ** tries, surroundings);
  }
}

const inputOf = (key: string): Input => ({
  event_name: 'Purchase',
  event_id: `id-${key}`,
  order_id: key,
  description: 'to default: none',
  email: 'intruder@example.com',
});
