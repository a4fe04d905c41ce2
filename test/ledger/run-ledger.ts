/**
 * The ledger: a seeded crowd of events goes through the packaged gateway while faults come and go; then all is healed,
 * the queue drains, and the books must balance. Promises 1 to 5 rest on it.
 */

import { createRandom } from '../support/random.ts';
import { type Books, checkBooks, type Findings, findCanaries } from './check-ledger.ts';
import { readDeadLetters } from './dead-letters.ts';
import { createEvents } from './events.ts';
import { type Posted, postEvents } from './post-events.ts';
import { heal, runSchedule } from './schedule.ts';
import { type brokenConsumer, startWorld, type World } from './world.ts';

export interface LedgerSettings {
  /** How many events must be acknowledged. */
  readonly events: number;
  readonly seed: number;
  readonly mutant?: typeof brokenConsumer | undefined;
  /** Receives, now and then, how many events are acknowledged, delivered and parked. */
  readonly onProgress?: (line: string) => void;
}

export interface LedgerResult extends Findings {
  readonly acknowledged: number;
  readonly delivered: number;
  readonly parked: number;
  /** Personal data seen where none may be, and events still in the queue at the end. */
  readonly leaks: readonly string[];
  readonly undrained: number;
  readonly faults: readonly string[];
  readonly seconds: number;
}

/** More waiting messages than this are not posted: the queue server on one machine becomes slow with many. */
const maxBacklog = 20_000;
const stalledAfterMs = 120_000;
const progressEveryMs = 5_000;

export async function runLedger({ events, seed, mutant, onProgress }: LedgerSettings): Promise<LedgerResult> {
  const startedAt = Date.now();
  const random = createRandom(seed);
  const delivered = new Map<string, number>();
  const onAccepted = (ids: readonly string[]): void => {
    for (const id of ids) delivered.set(id, (delivered.get(id) ?? 0) + 1);
  };
  const world = await startWorld({ random: createRandom(seed + 1), mutant, onAccepted });
  const posted: Posted = { attempted: new Set(), acknowledged: new Set(), answers: [] };
  const tell = () => onProgress?.(`acknowledged ${posted.acknowledged.size}, delivered ${delivered.size}`);
  const progress = setInterval(tell, progressEveryMs);
  try {
    heal(world);
    let isPosted = false;
    const schedule = runSchedule(world, createRandom(seed + 2), () => isPosted);
    const hasRoom = async () => (await countLeft(world)) < maxBacklog;
    await postEvents({ url: world.url, wanted: events, next: createEvents(seed, random), posted, hasRoom });
    isPosted = true;
    const faults = await schedule;
    const undrained = await drain(world);
    const letters = await readDeadLetters(world.queue.deadLetterQueueUrl);
    const parked = new Map(letters.map(({ id, attributes }) => [id, attributes.reason]));
    const books: Books = {
      attempted: posted.attempted,
      acknowledged: posted.acknowledged,
      delivered,
      parked,
    };
    const leaks = [world.output(), posted.answers.join('\n'), JSON.stringify(letters)].flatMap(findCanaries);
    const counts = { acknowledged: posted.acknowledged.size, delivered: delivered.size, parked: parked.size };
    return {
      ...checkBooks(books),
      ...counts,
      leaks,
      undrained,
      faults,
      seconds: (Date.now() - startedAt) / 1000,
    };
  } finally {
    clearInterval(progress);
    await world.stop();
  }
}

async function countLeft(world: World): Promise<number> {
  const { visible, inFlight, delayed } = await world.queue.depth(world.queue.queueUrl);
  return visible + inFlight + delayed;
}

/** @returns 0 when the queue is empty, or how many messages were left when no more of them went for a while */
async function drain(world: World): Promise<number> {
  let fewest = Number.POSITIVE_INFINITY;
  let changedAt = Date.now();
  for (;;) {
    const left = await countLeft(world);
    if (left < fewest) [fewest, changedAt] = [left, Date.now()];
    if (left === 0 || Date.now() - changedAt > stalledAfterMs) return left;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
