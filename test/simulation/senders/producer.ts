/**
 * A foreign producer that writes to the queue by itself, in every form that docs/pipelines.md allows, and in some that it does
 * not. It writes again when SQS did not answer that it stored the message.
 */
import type { SqsPart, Surroundings } from '../world-parts.ts';
import type { Input, MadeEvent, MakeEvent } from './event-maker.ts';
import { guarded, pause } from './pause.ts';

export interface ProducerSettings {
  readonly produce: SqsPart['produce'];
  readonly make: MakeEvent;
  readonly messages: number;
  readonly pauseMs: number;
}

type Form = 'bare' | 'nameless' | 'gateway' | 'sns' | 'sns-raw' | 'eventbridge' | 'pipes';

const forms: readonly [Form, ...Form[]] = [
  'bare',
  'nameless',
  'gateway',
  'sns',
  'sns-raw',
  'eventbridge',
  'pipes',
];
const mostTries = 8;

/** @returns when every message is stored, or given up */
export async function runProducer(
  surroundings: Surroundings,
  { produce, make, messages, pauseMs }: ProducerSettings,
): Promise<void> {
  const { random, scheduler, witness } = surroundings;
  const running: Promise<void>[] = [];

  const write = async ({ sent }: MadeEvent, body: string): Promise<void> => {
    for (let tries = 1; tries <= mostTries; tries += 1) {
      witness({ kind: 'attempted', event: sent });
      if (await produce(body)) return witness({ kind: 'accepted', key: sent.key });
      await pause(1_000 * 2 ** tries, surroundings);
    }
  };

  for (let number = 1; number <= messages; number += 1) {
    const form = random.pick(forms);
    // An invalid message has a wrong body around a good event, or a wrong event.
    const isBodyWrong = random.isHit(0.5);
    // An event takes the id of its SQS message when nothing around it has one: each message has another.
    const made = make({ isStable: form !== 'nameless', ...(isBodyWrong && { spoil: asItIs }) });
    const body =
      made.sent.nature === 'invalid' && isBodyWrong
        ? spoilBody(made, random.next())
        : bodyOf(form, { ...made, number }, scheduler.now());
    running.push(guarded(`producer ${made.sent.key}`, surroundings, () => write(made, body)));
    await pause(pauseMs, surroundings);
  }
  await Promise.all(running);
}

interface Numbered extends MadeEvent {
  /** Of the message; it decides what others leave to chance. */
  readonly number: number;
}

function bodyOf(form: Form, { sent, input, number }: Numbered, nowMs: number): string {
  const time = new Date(nowMs).toISOString();
  const id = `envelope-${sent.key}`;
  const own = { event_id: `id-${sent.key}`, ...input };
  switch (form) {
    case 'nameless':
      return JSON.stringify(input.destination === 'default' ? { ...input, destination: undefined } : input);
    case 'bare':
      return JSON.stringify(number % 2 === 0 ? { ...own, event_id: numberOf(sent.key) } : own);
    case 'gateway':
      return JSON.stringify({
        v: 1,
        event: number % 2 === 0 ? own : { ...own, event_name: spaced(input.event_name) },
        destination: sent.destination,
        source: sourceNames[number % sourceNames.length],
        trace: null,
      });
    case 'sns-raw':
      return JSON.stringify(number % 2 === 0 ? { event_time: Math.floor(nowMs / 1000) - 600, ...own } : own);
    case 'sns':
      return JSON.stringify({
        Type: 'Notification',
        MessageId: id,
        Timestamp: time,
        Message: JSON.stringify(input),
      });
    case 'eventbridge':
      return JSON.stringify({
        version: '0',
        id,
        'detail-type': 'order',
        source: 'shop',
        time,
        detail: input,
      });
    case 'pipes':
      return JSON.stringify(pipesRecord(id, input, nowMs));
  }
}

/** Names that the journal may repeat, one that no stage file allows, and one that could contain a phone. */
const sourceNames = ['orders', 'our shop', 'shop-4915112345678', 'erp'] as const;

/** Producers write ids as numbers, too: 2000003 for `s2e3`. */
const numberOf = (key: string): number => Number(key.replaceAll(/\D+/g, '000'));

const spaced = (name: unknown): unknown => (typeof name === 'string' ? ` ${name} ` : name);

const pipesRecord = (messageId: string, input: Input, nowMs: number) => ({
  eventSource: 'aws:sqs',
  messageId,
  attributes: { SentTimestamp: String(nowMs) },
  body: JSON.stringify(input),
});

const asItIs = (input: Input): Input => input;

/** A body that nobody can read, or an event that is too late: the key in it is for the simulation alone. */
function spoilBody({ sent, input }: MadeEvent, value: number): string {
  const text = JSON.stringify(input);
  if (value < 0.15) return text.slice(0, -1);
  if (value < 0.3) return JSON.stringify([input]);
  // TikTok could count it a second time: it deduplicates for 48 hours only.
  if (value < 0.7) return JSON.stringify({ v: 1, event: input, received_at: '2026-11-20T00:00:00Z' });
  if (value < 0.78) return JSON.stringify({ v: 2, event: input });
  // No stage has this destination: the message waits for a deployment, and is parked in the end.
  if (value < 0.85) return JSON.stringify({ v: 1, event: input, destination: 'nowhere' });
  return `"order_id": "${sent.key}"`;
}
