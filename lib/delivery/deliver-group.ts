/**
 * Delivers one group of messages. When an answer can be the fault of single events, further calls isolate these, so that
 * the others are delivered. TikTok may refuse the content of an event, the call may be too large, or the answer names no
 * event. An event is parked only after it was refused alone.
 */
import { type Attempt, attempt, type Call, type CallContext } from './attempt.ts';
import type { Group } from './group.ts';
import { createHalving, settleOversized } from './isolation/oversized.ts';
import { probe } from './isolation/probe.ts';
import { createRefusedSearch } from './isolation/refused.ts';
import { createSearch, type Messages, type Search, type Settle, settleAll } from './isolation/search.ts';
import type { SettledMessage } from './message.ts';

export interface GroupResult {
  /** Each message of the group, once, in the group's order. */
  readonly settled: readonly SettledMessage[];
  /** In the order in which they were made. */
  readonly calls: readonly Call[];
}

/**
 * Makes the first call of a group. Never throws because of TikTok's answer.
 * @param context shared by all groups of the invocation
 * @returns what makes the further calls, when the answer asks for some
 */
export async function startGroup(group: Group, context: CallContext): Promise<() => Promise<GroupResult>> {
  const calls: Call[] = [];
  const send = async (messages: Messages, sharing?: number): Promise<Attempt> => {
    const result = await attempt({ ...group, messages }, context, sharing);
    calls.push(...result.calls);
    return result;
  };
  const first = await send(group.messages);
  const search = createSearch(group.messages, first, async (part, sharing) =>
    context.budget.takeExtra() ? send(part, sharing) : undefined,
  );
  return async () => {
    const settled = await createSettle(search)(group.messages, first);
    const position = new Map(group.messages.map((message, index) => [message.receiptHandle, index]));
    const positionOf = ({ message }: SettledMessage): number => position.get(message.receiptHandle) ?? 0;
    return { settled: settled.toSorted((a, b) => positionOf(a) - positionOf(b)), calls };
  };
}

function createSettle(search: Search): Settle {
  const settle: Settle = async (messages, { disposition, fault }) => {
    const [message] = messages;
    const isAlone = messages.length === 1;
    if (fault === undefined || message === undefined) return settleAll(messages, disposition);
    switch (fault.of) {
      case 'content':
        return isAlone ? settleAll(messages, fault.park) : isolateRefused(messages, fault.index, disposition);
      case 'size':
        return isAlone
          ? settleOversized(message, fault.park, disposition, search)
          : halve(messages, disposition);
      case 'unknown':
        return isAlone ? settleAll(messages, disposition) : probe(messages, disposition, search, settle);
    }
  };
  const isolateRefused = createRefusedSearch(search, settle);
  const halve = createHalving(search, settle);
  return settle;
}
