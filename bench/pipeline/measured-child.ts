/**
 * Runs a part of the gateway in its own process, which reports its usage. The parent asks over IPC:
 * `usage`, `release` (starts a held consumer), `drain` (the bare loop over the queue).
 */
import { readdirSync } from 'node:fs';
import type { SQSEvent } from 'aws-lambda';
import { startGateway } from '../../local/gateway.ts';
import type { Invoke } from '../../local/lambda/invoke-function.ts';
import { startQueueServer } from '../../local/sqs/queue-server.ts';
import { mapping, region } from '../../local/stage.ts';
import { drainBare } from './bare-queue.ts';
import type { Ask, ChildSettings, Usage } from './measured-process.ts';

type Answers = Partial<Record<Ask, () => unknown>>;

/** Long enough to fill a queue while the consumer is held. */
const heldSeconds = 3600;

/** On Linux the kernel lists all open files; elsewhere this counts only those that keep the process alive. */
function openDescriptors(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const active = process.getActiveResourcesInfo();
  const count = (pattern: RegExp) => active.filter((name) => pattern.test(name)).length;
  const { rss, heapUsed } = process.memoryUsage();
  return {
    cpuSeconds: (user + system) / 1e6,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    rssBytes: rss,
    heapBytes: heapUsed,
    sockets: count(/^TCPSocketWrap$/),
    timers: count(/^Timeout$/),
    descriptors: openDescriptors(),
  };
}

/** Only what is reachable counts: garbage that was not collected yet is not a leak. */
function collectedUsage(): Usage {
  globalThis.gc?.();
  return usage();
}

const empty = async () => ({ statusCode: 202, body: '{}' });

/** The real consumer, which does not start before it is released. */
function heldConsumer() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const deliver: Invoke<SQSEvent> = async (event, context) => {
    await promise;
    const { handler } = await import('../../functions/deliver.ts');
    return handler(event, context);
  };
  return { deliver, release: resolve };
}

async function startPart({ part, tiktokApiUrl }: ChildSettings): Promise<{ info: object; answers: Answers }> {
  if (part === 'queue') {
    const limits = { maxReceiveCount: 113, visibilityTimeoutSeconds: heldSeconds };
    const { url, queueUrl } = await startQueueServer({ port: 0, stage: 'bare', region, ...limits });
    const loops = mapping.maximumConcurrency;
    return { info: { url, queueUrl }, answers: { drain: () => drainBare(queueUrl, loops) } };
  }
  const { deliver, release } = heldConsumer();
  const held = { timeoutMs: heldSeconds * 1000, visibilityTimeoutSeconds: heldSeconds };
  const { url, queueUrl, deadLetterQueueUrl } = await startGateway({
    port: 0,
    sqsPort: 0,
    ...(tiktokApiUrl !== undefined && { tiktokApiUrl }),
    ...(part === 'empty' && { handlers: { ingest: empty } }),
    ...(part === 'held' && { handlers: { deliver }, mapping: held }),
  });
  return { info: { url, queueUrl, deadLetterQueueUrl }, answers: { release } };
}

const { info, answers } = await startPart(JSON.parse(process.argv[2] ?? '{}') as ChildSettings);
const all: Answers = { usage, collectedUsage, ...answers };
process.on('message', async ({ id, ask }: { id: number; ask: Ask }) => {
  process.send?.({ id, answer: (await all[ask]?.()) ?? null });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ id: 0, answer: info });
