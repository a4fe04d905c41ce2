/**
 * A back end that posts events, and does what docs/events.md asks of it: it sends again what was not answered as accepted or
 * rejected, with the ids of the answer where there is one.
 */
import { noStableId } from '../../../lib/events/event-id.ts';
import type { Receipt } from '../../../lib/ingest/answer-schemas.ts';
import { Breach } from '../breach.ts';
import type { Surroundings } from '../world-parts.ts';
import type { ApiGateway } from './api-gateway.ts';
import type { Input, MadeEvent, MakeEvent } from './event-maker.ts';
import { apiKey } from './keys.ts';
import { guarded, pause } from './pause.ts';
import { readReceipts } from './receipts.ts';

export interface ApiSenderSettings {
  readonly gateway: ApiGateway;
  readonly make: MakeEvent;
  /** How a repeat of an event is recognized. `nothing`: it counts again. */
  readonly identity: 'event_id' | 'event_time' | 'idempotency-key' | 'nothing';
  /** `impatient` repeats some posts although they were accepted; `gives-up` tries three times. */
  readonly manner: 'patient' | 'impatient' | 'gives-up';
  /** Starts its idempotency keys: no other sender has it. */
  readonly name: string;
  readonly posts: number;
  /** Events in each post, from 1. */
  readonly eventsPerPost: number;
  readonly pauseMs: number;
  /** How long a sender tries that does not give up: an hour by default. */
  readonly giveUpAfterMs?: number;
  readonly timeoutMs?: number;
}

/** An event that the gateway has neither accepted nor rejected, as it is sent next. */
interface Open {
  readonly made: MadeEvent;
  readonly input: Input;
  /** The gateway gave it its id. */
  readonly hasGivenId: boolean;
}

type Headers = Readonly<Record<string, string>>;

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
const triesOfTheHasty = 3;
/** An impatient sender repeats a post within this time. */
const latestRepeatMs = 600_000;

/** @returns when the sender has sent everything, or given up */
export async function runApiSender(surroundings: Surroundings, settings: ApiSenderSettings): Promise<void> {
  const { scheduler, random } = surroundings;
  const { make, identity, manner, posts, eventsPerPost, pauseMs, name } = settings;
  const post = createPost(surroundings, settings);
  const running: Promise<void>[] = [];
  // The next post does not wait for the answer to this one.
  const start = (work: () => Promise<void>) => void running.push(guarded(name, surroundings, work));
  for (let number = 1; number <= posts; number += 1) {
    const events = Array.from({ length: eventsPerPost }, () => withIdentity(make, identity, scheduler.now()));
    const headers = identity === 'idempotency-key' ? { 'idempotency-key': `${name}-${number}` } : {};
    start(() => post(events, headers));
    if (manner === 'impatient' && random.isHit(0.5))
      start(async () => {
        await pause(random.between(10, latestRepeatMs), surroundings);
        await post(events, headers);
      });
    await pause(pauseMs, surroundings);
  }
  await Promise.all(running);
}

function withIdentity(make: MakeEvent, identity: ApiSenderSettings['identity'], nowMs: number): Open {
  const made = make({ isStable: identity !== 'nothing' });
  const own = {
    event_id: { event_id: `id-${made.sent.key}` },
    event_time: { event_time: Math.floor(nowMs / 1000) },
    'idempotency-key': {},
    nothing: {},
  }[identity];
  // What makes an event invalid wins.
  return { made, input: { ...own, ...made.input }, hasGivenId: false };
}

function createPost(surroundings: Surroundings, settings: ApiSenderSettings) {
  const { scheduler, random } = surroundings;
  const { gateway, manner, giveUpAfterMs = 3_600_000 } = settings;
  const settle = createSettle(surroundings, settings);
  const isOver = (tries: number, startedMs: number): boolean =>
    manner === 'gives-up' ? tries === triesOfTheHasty : scheduler.now() - startedMs > giveUpAfterMs;
  const ownPauseMs = (tries: number): number =>
    Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1)) * (0.8 + 0.4 * random.next());

  const sendOnce = async (open: readonly Open[], headers: Headers) => {
    for (const { made, hasGivenId } of open)
      surroundings.witness({ kind: 'attempted', event: made.sent, hasGivenId });
    const answer = await gateway.send(toRequest(open, headers, settings));
    const receipts = answer && readReceipts(answer, open.length);
    if (receipts === 'rejected')
      throw new Breach(`answered ${answer?.status} to a valid request: ${answer?.body}`);
    return {
      left: receipts === undefined ? open : settle(open, receipts),
      afterMs: answer?.retryAfterMs ?? 0,
    };
  };

  return async (events: readonly Open[], headers: Headers): Promise<void> => {
    const startedMs = scheduler.now();
    let open = events;
    for (let tries = 1; ; tries += 1) {
      const { left, afterMs } = await sendOnce(open, headers);
      if (left.length === 0 || isOver(tries, startedMs)) return;
      open = left;
      await pause(Math.max(ownPauseMs(tries), afterMs), surroundings);
    }
  };
}

const toRequest = (open: readonly Open[], headers: Headers, { timeoutMs = 35_000 }: ApiSenderSettings) => ({
  path: '/v1/events',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}`, ...headers },
  body: JSON.stringify({ events: open.map(({ input }) => input) }),
  timeoutMs,
});

function createSettle({ witness }: Surroundings, { identity }: ApiSenderSettings) {
  function checkWarning({ input, made }: Open, { warnings }: Exclude<Receipt, { errors: unknown }>): void {
    const isWarned = warnings.some(({ code }) => code === noStableId.code);
    const isExpected = identity === 'nothing' && input.event_id === undefined;
    if (isWarned !== isExpected)
      throw new Breach(`${made.sent.key}: ${isWarned ? 'a' : 'no'} warning ${noStableId.code}`);
  }

  function checkId({ input, made }: Open, { event_id: id }: Exclude<Receipt, { errors: unknown }>): void {
    if (input.event_id !== undefined && input.event_id !== id)
      throw new Breach(`${made.sent.key}: answered with the id ${id}, and was sent with ${input.event_id}`);
  }

  /** @returns the events to send again, with the ids that the gateway gave them */
  return (open: readonly Open[], receipts: readonly Receipt[]): Open[] =>
    open.flatMap((each, index) => {
      const receipt = receipts[index];
      if (receipt === undefined) return [each];
      if (receipt.status !== 'rejected') {
        checkWarning(each, receipt);
        checkId(each, receipt);
      }
      if (receipt.status === 'retry')
        return [{ ...each, input: { ...each.input, event_id: receipt.event_id }, hasGivenId: true }];
      const { key } = each.made.sent;
      if (receipt.status === 'rejected') witness({ kind: 'rejected', key });
      else witness({ kind: 'accepted', key, eventId: receipt.event_id });
      return [];
    });
}
