/**
 * How a webhook platform delivers: it repeats a delivery on its schedule until it reads 2xx, and sometimes delivers once more
 * although it did.
 */
import { Breach } from '../breach.ts';
import type { SentEvent, Surroundings } from '../world-parts.ts';
import type { ApiGateway, HttpAnswer, HttpRequest } from './api-gateway.ts';
import { pause } from './pause.ts';

export interface Delivery {
  /** None for a topic that makes no event. */
  readonly events: readonly SentEvent[];
  /** Made anew for each attempt: some platforms sign its time. */
  readonly request: () => HttpRequest;
}

export interface DeliveryHabits {
  readonly gateway: ApiGateway;
  /** The pauses between attempts. */
  readonly scheduleMs: readonly number[];
  /** Share of deliveries that are sent again, up to an hour after their 2xx. */
  readonly repeats: number;
}

const latestRepeatMs = 3_600_000;

/** @throws Breach when the answer is one that a genuine delivery may not get */
export async function deliver(
  delivery: Delivery,
  { gateway, scheduleMs, repeats }: DeliveryHabits,
  surroundings: Surroundings,
): Promise<void> {
  const { random } = surroundings;
  const isRepeated = random.isHit(repeats);
  const attempt = async (): Promise<boolean> => {
    for (const event of delivery.events) surroundings.witness({ kind: 'attempted', event });
    const answer = await gateway.send(delivery.request());
    return answer !== undefined && settle(delivery.events, answer, surroundings);
  };
  for (const pauseMs of [...scheduleMs, undefined]) {
    if (await attempt()) break;
    if (pauseMs === undefined) return;
    await pause(pauseMs, surroundings);
  }
  if (!isRepeated) return;
  await pause(random.between(1, latestRepeatMs), surroundings);
  await attempt();
}

/** The answer to 200. */
interface Body {
  readonly accepted?: number;
  readonly skipped?: readonly string[];
}

/** Too long after the order: what the delivery brings is neither accepted nor rejected, and may have arrived before. */
const tooLate: ReadonlySet<string> = new Set(['late_payment', 'stale']);

/** @returns whether the delivery is over */
function settle(
  events: readonly SentEvent[],
  { status, body }: HttpAnswer,
  { witness }: Surroundings,
): boolean {
  if (status === 429 || status >= 500) return false;
  if (status !== 200) throw new Breach(`answered ${status} to a genuine delivery: ${body}`);
  const { accepted, skipped = [] } = JSON.parse(body) as Body;
  if (skipped.some((reason) => tooLate.has(reason))) return true;
  const isValid = ({ nature }: SentEvent) => nature !== 'invalid';
  const valid = events.filter(isValid).length;
  if (accepted !== valid)
    throw new Breach(`${valid} of ${events.length} events are valid, and answered ${body}`);
  for (const event of events) witness({ kind: isValid(event) ? 'accepted' : 'rejected', key: event.key });
  return true;
}
