/**
 * Delivers one group of messages. When TikTok refuses a call because of its content, further calls isolate the bad
 * events: by the position that TikTok's message names as long as it proves right, otherwise by bisection. An event is
 * parked only after TikTok refused it alone. One bad event among 50 costs 13 further calls at most.
 */
import { type Attempt, attempt, type Call, type CallContext } from './attempt.ts';
import type { Group } from './group.ts';
import type { Disposition, SendableMessage, SettledMessage } from './message.ts';

export interface GroupResult {
  /** Each message of the group, once. */
  readonly settled: readonly SettledMessage[];
  /** In the order in which they were made. */
  readonly calls: readonly Call[];
}

/** Never throws because of TikTok's answer. @param context shared by all groups of the invocation */
export async function deliverGroup(group: Group, context: CallContext): Promise<GroupResult> {
  const calls: Call[] = [];
  const send = async (messages: readonly SendableMessage[]): Promise<Attempt> => {
    const result = await attempt({ ...group, messages }, context);
    calls.push(...result.calls);
    return result;
  };
  const first = await send(group.messages);
  const sendPart: SendPart = async (part) => (context.budget.takeExtra() ? send(part) : undefined);
  return { settled: await createSearch(sendPart)(group.messages, first), calls };
}

/** Sends some of the messages again. @returns undefined when the invocation may make no more calls */
type SendPart = (part: readonly SendableMessage[]) => Promise<Attempt | undefined>;

/** @returns a function that settles the messages of an attempt, with further calls when TikTok refused them */
function createSearch(sendPart: SendPart) {
  let trustsNames = true;
  let isStopped = false;

  /** Stops the search at an answer that is not about the content of the messages. */
  async function sendOrStop(part: readonly SendableMessage[], latest: Disposition): Promise<Attempt> {
    const result = isStopped ? undefined : await sendPart(part);
    isStopped = result === undefined || !(isDelivered(result) || isRefused(result));
    // A message that was not sent again keeps its latest disposition.
    return result ?? { disposition: latest, calls: [] };
  }

  async function settleAttempt(
    messages: readonly SendableMessage[],
    { disposition, refusal }: Attempt,
  ): Promise<SettledMessage[]> {
    if (refusal === undefined) return messages.map((message) => ({ message, disposition }));
    if (messages.length === 1) return messages.map((message) => ({ message, disposition: refusal.park }));
    return trustsNames && refusal.index !== undefined
      ? takeOut(messages, refusal.index, disposition)
      : bisect(messages, disposition);
  }

  async function takeOut(messages: readonly SendableMessage[], index: number, latest: Disposition) {
    const named = messages.slice(index, index + 1);
    const rest = messages.toSpliced(index, 1);
    const result = await sendOrStop(named, latest);
    const settled = await settleAttempt(named, result);
    trustsNames = isRefused(result);
    const others = trustsNames ? sendAndSettle(rest, latest) : bisect(rest, latest);
    return [...settled, ...(await others)];
  }

  /** @param messages at least one of them is bad: TikTok refused them, alone or with others that it delivered since */
  async function bisect(
    messages: readonly SendableMessage[],
    latest: Disposition,
  ): Promise<SettledMessage[]> {
    if (messages.length === 1) return sendAndSettle(messages, latest);
    const middle = Math.ceil(messages.length / 2);
    const [left, right] = [messages.slice(0, middle), messages.slice(middle)];
    const result = await sendOrStop(left, latest);
    const settled = await settleAttempt(left, result);
    // The left half was delivered, so TikTok would refuse the right half as a whole.
    const others = isDelivered(result) ? bisect(right, latest) : sendAndSettle(right, latest);
    return [...settled, ...(await others)];
  }

  const sendAndSettle = async (messages: readonly SendableMessage[], latest: Disposition) =>
    settleAttempt(messages, await sendOrStop(messages, latest));

  return settleAttempt;
}

const isDelivered = ({ disposition }: Attempt): boolean => disposition.kind === 'delivered';
const isRefused = ({ refusal }: Attempt): boolean => refusal !== undefined;
