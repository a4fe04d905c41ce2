/**
 * The soak: mixed load with faults through the gateway's own process for the given time. Then all faults end and the
 * queue drains. Nothing may grow with the work done, and every accepted event must be delivered or parked.
 */

import { accessToken, pixelCode } from '../../local/stage.ts';
import { startSandbox } from '../../local/tiktok-sandbox/sandbox.ts';
import { readDeadLetters } from '../../test/ledger/dead-letters.ts';
import { createRandom } from '../../test/support/random.ts';
import { type MeasuredProcess, startMeasured, type Usage } from '../pipeline/measured-process.ts';
import { checkAccounts } from './check-accounts.ts';
import { findLeaks, findLeftovers } from './check-usage.ts';
import { type Accepted, createShop, type Shop } from './shop.ts';
import { createTroubles } from './troubles.ts';

export interface SoakSettings {
  readonly durationMs: number;
  readonly seed: number;
  /** Called at each sample. */
  readonly onProgress?: (line: string) => void;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const atOnce = 4;
/** More waiting events than this would measure the backlog instead of the gateway. */
const mostOutstanding = 2_000;
const samplesWanted = 60;
const leastSampleMs = 400;
const warmUpShare = 0.3;
const drainLimitMs = 90_000;
/** Shorter than the functions' timeouts: a timer that a function did not clear is still there. */
const settleMs = 1_000;

export async function runSoak({ durationMs, seed, onProgress }: SoakSettings) {
  const random = createRandom(seed);
  const delivered = new Set<string>();
  const tiktok = await startSandbox({
    tokens: [accessToken],
    pixels: [pixelCode],
    onAccepted: (_, events) => {
      for (const { event_id } of events) delivered.add(String(event_id));
    },
  });
  const gateway = await startMeasured({ part: 'gateway', tiktokApiUrl: tiktok.url });
  const accepted: Accepted = { ids: new Set(), webhookEvents: 0, posts: 0, surprises: [] };
  const shop = createShop({ url: gateway.url, random, accepted });
  const outstanding = () => accepted.ids.size + accepted.webhookEvents - delivered.size;
  try {
    const troubles = createTroubles(tiktok.url, createRandom(seed + 1));
    const until = Date.now() + durationMs;
    const loads = Array.from({ length: atOnce }, () => callUntil(until, { shop, outstanding }));
    const faults = troubleUntil(until, Math.min(10_000, Math.max(700, durationMs / 24)), troubles.next);
    const samples = await sampleUntil(until, Math.max(leastSampleMs, durationMs / samplesWanted), {
      gateway,
      onSample: ({ heapBytes, rssBytes, sockets, timers }) =>
        onProgress?.(
          `accepted ${accepted.ids.size + accepted.webhookEvents}, delivered ${delivered.size}, heap ` +
            `${megabytes(heapBytes)} MB, rss ${megabytes(rssBytes)} MB, sockets ${sockets}, timers ${timers}`,
        ),
    });
    await Promise.all([...loads, faults]);
    await troubles.heal();
    const undrained = await drain(gateway.url);
    shop.close();
    await pause(settleMs);
    const idle = await gateway.collectedUsage();
    const parked = new Set((await readDeadLetters(gateway.deadLetterQueueUrl)).map(({ id }) => id));
    const steady = samples.slice(Math.floor(samples.length * warmUpShare));
    const findings = [
      ...checkAccounts({ accepted, delivered, parked, undrained }),
      ...findLeaks(steady, durationMs),
      ...findLeftovers(idle),
      ...(/MaxListenersExceededWarning/.test(gateway.errors()) ? ['listeners were added without end'] : []),
    ];
    const counts = { posts: accepted.posts, accepted: accepted.ids.size + accepted.webhookEvents };
    return { ...counts, delivered: delivered.size, parked: parked.size, steady, idle, findings };
  } finally {
    shop.close();
    await gateway.stop();
    await tiktok.stop();
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

async function callUntil(until: number, { shop, outstanding }: { shop: Shop; outstanding: () => number }) {
  while (Date.now() < until) {
    if (outstanding() > mostOutstanding) await pause(50);
    else await shop.runErrand();
    // Gives the gateway idle time now and then, as in production.
    await pause(5);
  }
}

async function troubleUntil(until: number, everyMs: number, next: () => Promise<void>): Promise<void> {
  while (Date.now() < until) {
    await next();
    await pause(Math.min(everyMs, Math.max(0, until - Date.now())));
  }
}

interface Sampling {
  readonly gateway: MeasuredProcess;
  readonly onSample: (usage: Usage) => void;
}

async function sampleUntil(
  until: number,
  everyMs: number,
  { gateway, onSample }: Sampling,
): Promise<Usage[]> {
  const samples: Usage[] = [];
  while (Date.now() < until) {
    await pause(everyMs);
    const usage = await gateway.collectedUsage();
    samples.push(usage);
    onSample(usage);
  }
  return samples;
}

interface QueueAnswer {
  readonly queue: { readonly visible: number; readonly inFlight: number; readonly delayed: number };
}

/** @returns the number of messages that are left at the end of the time */
async function drain(url: string): Promise<number> {
  const deadline = Date.now() + drainLimitMs;
  for (;;) {
    const { queue } = (await (await fetch(`${url}/_sandbox/queue`)).json()) as QueueAnswer;
    const left = queue.visible + queue.inFlight + queue.delayed;
    if (left === 0 || Date.now() > deadline) return left;
    await pause(200);
  }
}
