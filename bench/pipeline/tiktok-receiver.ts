/** TikTok's sandbox in the process of the load: it records when each event of a run arrived, and in how many calls. */
import { accessToken, pixelCode } from '../../local/stage.ts';
import { startSandbox } from '../../local/tiktok-sandbox/sandbox.ts';
import { numberOf } from './load-events.ts';

export type TikTokReceiver = Awaited<ReturnType<typeof startTikTokReceiver>>;

/** Longer than any drain of this benchmark without a single event. */
const patienceMs = 60_000;
const pollMs = 20;

export async function startTikTokReceiver() {
  let run = '';
  let calls = 0;
  let arrivedAt = new Map<number, number>();
  const sandbox = await startSandbox({
    tokens: [accessToken],
    pixels: [pixelCode],
    onAccepted: (_, events) => {
      calls += 1;
      for (const { event_id } of events) {
        const number = numberOf(run, event_id);
        if (number !== undefined && !arrivedAt.has(number)) arrivedAt.set(number, performance.now());
      }
    },
  });
  return {
    url: sandbox.url,
    stop: sandbox.stop,
    /** Forgets earlier events, and waits for those of this run. @param answerMs how long TikTok takes */
    expect(name: string, answerMs = 0): void {
      run = name;
      sandbox.faults.clear();
      if (answerMs > 0) sandbox.faults.add([{ kind: 'slow', ms: answerMs, on: 'track' }]);
      calls = 0;
      arrivedAt = new Map();
      sandbox.log.clear();
    },
    calls: () => calls,
    /** The number of an event → when it first arrived, on the clock of `performance`. */
    arrivedAt: (): ReadonlyMap<number, number> => arrivedAt,
    /** Throws when no event has arrived for a minute, because then something is lost. */
    async waitFor(events: number, onProgress?: (count: number) => void): Promise<void> {
      let seen = { count: 0, at: performance.now() };
      while (arrivedAt.size < events) {
        if (arrivedAt.size > seen.count) seen = { count: arrivedAt.size, at: performance.now() };
        if (performance.now() - seen.at > patienceMs)
          throw new Error(`only ${arrivedAt.size} of ${events} events have arrived`);
        onProgress?.(arrivedAt.size);
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    },
  };
}
