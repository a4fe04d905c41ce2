/** How fast a full queue empties: through the consumer to TikTok, and through a bare loop over the same queue. */
import { mapping } from '../../local/stage.ts';
import { fillBare } from './bare-queue.ts';
import { bodiesOf, eventOf } from './load-events.ts';
import { type MeasuredProcess, startMeasured } from './measured-process.ts';
import { postLoad } from './post-load.ts';
import type { TikTokReceiver } from './tiktok-receiver.ts';

export interface Drain {
  readonly messages: number;
  readonly perSecond: number;
  readonly cpuSecondsPerMillion: number;
  readonly peakRssMb: number;
}

export interface BareDrain extends Drain {
  /** Sending, receiving and deleting together. */
  readonly wholeCpuSecondsPerMillion: number;
}

/** Events per second by the formula of docs/internals/scale.md: consumers × events per call / seconds per call. */
export const formulaPerSecond = (answerMs: number): number =>
  (mapping.maximumConcurrency * mapping.batchSize) / (answerMs / 1000);

const eventsPerPost = 500;
const postsAtOnce = 2;

async function timeDrain(
  child: MeasuredProcess,
  messages: number,
  drain: () => Promise<unknown>,
): Promise<Drain> {
  const before = await child.usage();
  const startedAt = performance.now();
  await drain();
  const seconds = (performance.now() - startedAt) / 1000;
  const { cpuSeconds, peakRssBytes } = await child.usage();
  return {
    messages,
    perSecond: messages / seconds,
    cpuSecondsPerMillion: ((cpuSeconds - before.cpuSeconds) / messages) * 1e6,
    peakRssMb: peakRssBytes / 2 ** 20,
  };
}

interface BacklogSettings {
  readonly messages: number;
  readonly tiktok: TikTokReceiver;
  /** How long TikTok takes to answer; 0 by default. */
  readonly answerMs?: number;
  readonly say: (text: string) => void;
}

/** Holds the consumer while the queue fills, then runs it with the settings of `npm start`. */
export async function measureBacklog({ messages, tiktok, answerMs, say }: BacklogSettings): Promise<Drain> {
  const gateway = await startMeasured({ part: 'held', tiktokApiUrl: tiktok.url });
  try {
    const run = 'backlog';
    tiktok.expect(run, answerMs);
    const bodies = bodiesOf(run, messages, eventsPerPost);
    const { accepted } = await postLoad({ url: gateway.url, bodies, parallel: postsAtOnce });
    if (accepted < messages) throw new Error(`only ${accepted} of ${messages} events were accepted`);
    return await timeDrain(gateway, messages, async () => {
      await gateway.release();
      await tiktok.waitFor(messages, (count) => say(`${count} of ${messages} delivered`));
    });
  } finally {
    await gateway.stop();
  }
}

/** The messages that the gateway would have queued. */
function messagesOf(count: number): string[] {
  const received_at = new Date().toISOString();
  const not_after = new Date(Date.now() + 47 * 3_600_000).toISOString();
  const rest = { destination: 'default', source: 'api', received_at, not_after, trace: 'a'.repeat(36) };
  return Array.from({ length: count }, (_, number) =>
    JSON.stringify({ v: 1, event: eventOf('backlog', number), ...rest }),
  );
}

export async function measureBareBacklog(messages: number): Promise<BareDrain> {
  const queue = await startMeasured({ part: 'queue' });
  try {
    const before = await queue.usage();
    await fillBare(queue.queueUrl, messagesOf(messages), postsAtOnce);
    const drain = await timeDrain(queue, messages, async () => {
      const count = await queue.drain();
      if (count !== messages) throw new Error(`the bare loop found ${count} of ${messages} messages`);
    });
    const { cpuSeconds } = await queue.usage();
    const wholeCpuSecondsPerMillion = ((cpuSeconds - before.cpuSeconds) / messages) * 1e6;
    return { ...drain, wholeCpuSecondsPerMillion };
  } finally {
    await queue.stop();
  }
}
