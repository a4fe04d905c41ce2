/** Stops a mapping, and does not wait long for it. */
import type { EventSourceMapping } from './event-source-mapping.ts';

/** How long a stop waits for batches in progress; the queue, and with it the rest of their messages, ends anyway. */
const stopWaitMs = 5_000;

export async function stopMapping(mapping: EventSourceMapping | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, stopWaitMs);
  });
  await Promise.race([mapping?.stop({ abandonPoll: true }), patience]);
  clearTimeout(timer);
}
