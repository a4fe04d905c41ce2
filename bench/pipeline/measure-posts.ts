/** One row of the benchmark: a load through the gateway until TikTok has all of it, next to the same load without it. */
import { bodiesOf } from './load-events.ts';
import type { MeasuredProcess } from './measured-process.ts';
import { type Load, percentile, postLoad } from './post-load.ts';
import type { TikTokReceiver } from './tiktok-receiver.ts';

export interface LoadShape {
  /** Events in one post. */
  readonly perPost: number;
  /** Number of concurrent posts. */
  readonly parallel: number;
  readonly events: number;
}

export interface Processes {
  readonly gateway: MeasuredProcess;
  readonly empty: MeasuredProcess;
  readonly tiktok: TikTokReceiver;
}

interface Acceptance {
  readonly acceptedPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuSecondsPerMillion: number;
  /** Highest memory of the process since its start. */
  readonly peakRssMb: number;
}

export interface PostRow extends LoadShape, Acceptance {
  /** Events that were not accepted in time; callers send them again. */
  readonly givenBack: number;
  /** From the first post to the last arrival. */
  readonly deliveredPerSecond: number;
  /** From the post to the arrival at TikTok. */
  readonly ageP50Ms: number;
  readonly ageP99Ms: number;
  readonly tiktokCalls: number;
  /** `tiktokCalls`: 50 events in each. CPU: the empty handler and the bare queue together. */
  readonly floor: Acceptance & { readonly tiktokCalls: number };
}

interface Used {
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

const eventsPerCall = 50;

function acceptance(load: Load, events: number, used: Used): Acceptance {
  return {
    acceptedPerSecond: events / load.seconds,
    p50Ms: percentile(load.latenciesMs, 0.5),
    p99Ms: percentile(load.latenciesMs, 0.99),
    cpuSecondsPerMillion: (used.cpuSeconds / events) * 1e6,
    peakRssMb: used.peakRssBytes / 2 ** 20,
  };
}

/** @returns the usage of a process since `before` */
async function usedSince(child: MeasuredProcess, before: { readonly cpuSeconds: number }) {
  const { cpuSeconds, peakRssBytes } = await child.usage();
  return { cpuSeconds: cpuSeconds - before.cpuSeconds, peakRssBytes };
}

let runs = 0;

/** @param queueCpuSecondsPerMillion of the bare queue, which belongs to the floor of the processor time */
export async function measurePosts(
  shape: LoadShape,
  { gateway, empty, tiktok }: Processes,
  queueCpuSecondsPerMillion: number,
): Promise<PostRow> {
  const { perPost, parallel, events } = shape;
  runs += 1;
  const run = `run-${runs}`;
  const bodies = bodiesOf(run, events, perPost);

  const emptyBefore = await empty.usage();
  const emptyLoad = await postLoad({ url: empty.url, bodies, parallel });
  const floor = acceptance(emptyLoad, events, await usedSince(empty, emptyBefore));

  tiktok.expect(run);
  const postedAt: number[] = [];
  const before = await gateway.usage();
  const load = await postLoad({
    url: gateway.url,
    bodies,
    parallel,
    onPost: (index) => {
      postedAt[index] = performance.now();
    },
  });
  await tiktok.waitFor(load.accepted);
  const arrivals = [...tiktok.arrivedAt()];
  const ages = arrivals
    .map(([number, at]) => at - (postedAt[Math.floor(number / perPost)] ?? Number.NaN))
    .sort((a, b) => a - b);
  const lastArrival = arrivals.reduce((latest, [, at]) => Math.max(latest, at), 0);
  return {
    ...shape,
    ...acceptance(load, load.accepted, await usedSince(gateway, before)),
    givenBack: events - load.accepted,
    deliveredPerSecond: arrivals.length / ((lastArrival - (postedAt[0] ?? 0)) / 1000),
    ageP50Ms: percentile(ages, 0.5),
    ageP99Ms: percentile(ages, 0.99),
    tiktokCalls: tiktok.calls(),
    floor: {
      ...floor,
      cpuSecondsPerMillion: floor.cpuSecondsPerMillion + queueCpuSecondsPerMillion,
      tiktokCalls: Math.ceil(events / eventsPerCall),
    },
  };
}
