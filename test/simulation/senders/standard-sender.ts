/**
 * A back end that sends Standard Webhooks: one event, or a list, in each delivery, signed anew for each attempt under the same
 * id, on the schedule that the specification recommends, up to the tenth hour.
 */
import { createHmac } from 'node:crypto';
import type { Surroundings } from '../world-parts.ts';
import { type DeliveryHabits, deliver } from './deliveries.ts';
import type { Input, MakeEvent } from './event-maker.ts';
import { backendSecret } from './keys.ts';
import { guarded, pause } from './pause.ts';

export interface StandardSettings extends Pick<DeliveryHabits, 'gateway' | 'repeats'> {
  readonly make: MakeEvent;
  /** Starts the ids of its deliveries: no other sender has it. */
  readonly name: string;
  readonly deliveries: number;
  readonly eventsPerDelivery: number;
  readonly pauseMs: number;
}

const minuteMs = 60_000;
/** 5 s, 5 and 30 minutes, 2 and 5 hours after one another. */
export const standardScheduleMs = [5_000, 5 * minuteMs, 30 * minuteMs, 120 * minuteMs, 300 * minuteMs];

/** @returns when every delivery is over */
export async function runStandardSender(
  surroundings: Surroundings,
  settings: StandardSettings,
): Promise<void> {
  const { name, deliveries, eventsPerDelivery, make, pauseMs } = settings;
  const { scheduler } = surroundings;
  const habits = { ...settings, scheduleMs: standardScheduleMs };
  const running: Promise<void>[] = [];
  for (let number = 1; number <= deliveries; number += 1) {
    const id = `${name}-${number}`;
    const made = Array.from({ length: eventsPerDelivery }, () => make({ isStable: true, spoil }));
    const inputs = made.map(({ input }) => input);
    const body = JSON.stringify(inputs.length === 1 ? inputs[0] : inputs);
    const delivery = {
      events: made.map(({ sent }) => sent),
      request: () => toRequest(id, body, scheduler.now()),
    };
    running.push(guarded(id, surroundings, () => deliver(delivery, habits, surroundings)));
    await pause(pauseMs, surroundings);
  }
  await Promise.all(running);
}

/** A webhook tolerates much; an event without a name is skipped. */
const spoil = (input: Input): Input => ({ ...input, event_name: undefined });

function toRequest(id: string, body: string, nowMs: number) {
  const seconds = Math.floor(nowMs / 1000);
  return {
    path: '/v1/webhooks/backend',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signatureOf(`${id}.${seconds}.${body}`)}`,
    },
    body,
    timeoutMs: 20_000,
  };
}

const key = Buffer.from(backendSecret.slice('whsec_'.length), 'base64');
const signatureOf = (text: string): string => createHmac('sha256', key).update(text).digest('base64');
