/** Delivers one group: a first call, and isolation when TikTok refuses it because of what it holds. */
import { type AttemptPorts, attempt } from './attempt.ts';
import type { Group } from './group.ts';
import { isolate } from './isolate.ts';
import type { Item } from './item.ts';

/** Fates are told through `ports.setFate`. */
export async function deliverGroup(group: Group, ports: AttemptPorts): Promise<void> {
  const first = await attempt(group, ports);
  if (first.kind !== 'refused') return;
  const attemptAgain = async (part: readonly Item[]) =>
    ports.budget.takeExtra() ? attempt({ ...group, items: part }, ports) : ({ kind: 'stopped' } as const);
  await isolate(group.items, first, { attempt: attemptAgain, setFate: ports.setFate });
}
