/**
 * One course of promise 11: a steady stream of events through the gateway's consumer on virtual time, with the settings of
 * stages/prod.yml, while TikTok is up, down for three minutes, or fails a tenth of its calls.
 */
import { lifetimeMs } from '../../../lib/queue/message.ts';
import { createRandom } from '../../support/random.ts';
import { createScheduler, type Scheduler } from '../engine/scheduler.ts';
import { createMachine, type Machine } from '../machine.ts';
import { writeMark } from '../marks.ts';
import { credentials } from '../secrets/secrets.ts';
import { type DeliveryChanges, simulatedStage } from '../stage.ts';
import { createTikTok } from '../tiktok/tiktok.ts';
import type { TikTokTrouble } from '../world-parts.ts';
import { createAges } from './ages.ts';

export interface Course {
  /** Events that arrive in a second. */
  readonly perSecond: number;
  readonly trouble: 'none' | '503' | 'stalls' | 'tenth-503' | 'tenth-stalls';
  /** Gives each event a test code of its own, so that no other event can be in its call. */
  readonly isAlone?: boolean;
  /** How long events arrive without an outage: 10 s before it and 20 s after it, unless given. */
  readonly calmSeconds?: number | undefined;
}

export interface CourseResult {
  readonly events: number;
  /** Shares of the events. */
  readonly inOneMinute: number;
  readonly inFiveMinutes: number;
  /** Infinity when an event did not reach TikTok within an hour. */
  readonly longestSeconds: number;
  readonly calls: number;
  readonly mostInFlight: number;
  readonly mostVisible: number;
}

const startMs = Date.parse('2026-11-27T00:00:00Z');
const outageMs = 180_000;
const beforeMs = 10_000;
const afterMs = 20_000;
const answerMs = 300;
/** Long enough for every wait of the ladder in these minutes. */
const patienceMs = 1_800_000;

/** @param changes replace settings of `delivery` in stages/prod.yml */
export async function runCourse(
  course: Course,
  changes: DeliveryChanges = {},
  seed = 1,
): Promise<CourseResult> {
  const scheduler = createScheduler(startMs);
  const ages = createAges(scheduler.now);
  let calls = 0;
  const world = {
    scheduler,
    random: createRandom(seed),
    // A run of a million events has no reader.
    trace: { note: () => {}, digest: () => '' },
    witness(fact: Parameters<typeof ages.witness>[0]) {
      if (fact.kind === 'called') calls += 1;
      ages.witness(fact);
    },
  };
  const stage = simulatedStage(changes);
  const pixels = new Map(
    Object.entries(stage.destinations).map(([name, { pixelCode }]) => [pixelCode, name]),
  );
  const tiktok = createTikTok(world, { pixels });
  for (const token of Object.values(credentials.tokens)) tiktok.tokens.add(token);
  tiktok.trouble.latencyMs = answerMs;
  const machine = createMachine(world, { fetch: tiktok.network, stage });
  machine.mapping.start();
  const lastMs = arrive(course, machine, scheduler);
  disturb(course, tiktok.trouble, scheduler);
  const most = watchDepth(machine, scheduler, lastMs);
  await scheduler.run(lastMs + patienceMs);
  return { ...summary(ages.all()), calls, ...most };
}

/** @returns when the last event arrives */
function arrive(
  { perSecond, trouble, isAlone = false, calmSeconds }: Course,
  { sqs }: Machine,
  scheduler: Scheduler,
): number {
  const calmMs = calmSeconds === undefined ? beforeMs + afterMs : calmSeconds * 1000;
  const hasOutage = trouble === '503' || trouble === 'stalls';
  const count = Math.round(((calmMs + (hasOutage ? outageMs : 0)) / 1000) * perSecond);
  const gapMs = 1000 / perSecond;
  const next = (number: number): void => {
    void sqs.produce(messageOf(number, isAlone, scheduler.now()));
    if (number + 1 < count)
      scheduler.after(startMs + (number + 1) * gapMs - scheduler.now(), () => next(number + 1));
  };
  scheduler.after(0, () => next(0));
  return startMs + count * gapMs;
}

/** The message that the API would have queued. */
function messageOf(number: number, isAlone: boolean, nowMs: number): string {
  const event = {
    event_name: 'Purchase',
    event_id: `e${number}`,
    event_time: Math.floor(nowMs / 1000),
    order_id: `e${number}`,
    description: writeMark({ destination: 'default', flaw: 'none' }),
    hashed_email: 'a'.repeat(64),
    value: 49.9,
    currency: 'EUR',
    ...(isAlone && { test_event_code: `T${number}` }),
  };
  const times = {
    received_at: new Date(nowMs).toISOString(),
    not_after: new Date(nowMs + lifetimeMs).toISOString(),
  };
  return JSON.stringify({ v: 1, event, destination: 'default', source: 'api', ...times, trace: 'simulated' });
}

function disturb({ trouble }: Course, tiktok: TikTokTrouble, { after }: Scheduler): void {
  if (trouble === 'none') return;
  if (trouble === 'tenth-503' || trouble === 'tenth-stalls') {
    tiktok.mode = trouble === 'tenth-503' ? '503' : 'stalls';
    tiktok.share = 0.1;
    return;
  }
  after(beforeMs, () => {
    tiktok.mode = trouble;
  });
  after(beforeMs + outageMs, () => {
    tiktok.mode = 'up';
  });
}

/** Looks at the queue once a second, until the outage is long over. */
function watchDepth({ sqs }: Machine, scheduler: Scheduler, lastMs: number) {
  const most = { mostInFlight: 0, mostVisible: 0 };
  const look = (): void => {
    const { visible, inFlight } = sqs.depth();
    most.mostInFlight = Math.max(most.mostInFlight, inFlight);
    most.mostVisible = Math.max(most.mostVisible, visible);
    if (scheduler.now() < lastMs) scheduler.after(1_000, look);
  };
  scheduler.after(0, look);
  return most;
}

function summary({ arrived, seconds }: { readonly arrived: number; readonly seconds: Float64Array }) {
  const share = (limit: number): number => seconds.filter((age) => age <= limit).length / arrived;
  return {
    events: arrived,
    inOneMinute: share(60),
    inFiveMinutes: share(300),
    longestSeconds: seconds.length < arrived ? Number.POSITIVE_INFINITY : (seconds.at(-1) ?? 0),
  };
}
