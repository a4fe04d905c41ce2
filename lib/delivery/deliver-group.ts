/** Delivers one group: a first call, and isolation when TikTok refuses it because of what it holds. */
import { type AttemptPorts, attempt } from './attempt.ts';
import { isolate } from './isolate.ts';
import type { Item } from './item.ts';

/** @param items one destination, one test code, one call's worth; fates are told through `ports.setFate` */
export async function deliverGroup(items: readonly Item[], ports: AttemptPorts): Promise<void> {
  const first = await attempt(items, ports);
  if (first.kind !== 'refused') return;
  const attemptAgain = async (part: readonly Item[]) =>
    ports.budget.takeExtra() ? attempt(part, ports) : ({ kind: 'stopped' } as const);
  await isolate(items, first, { attempt: attemptAgain, setFate: ports.setFate });
}
