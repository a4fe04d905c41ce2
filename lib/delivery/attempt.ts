/** One call to TikTok for a group of items or a part of it, and what it says of them. */
import { type TikTokClient, trackPath } from '../tiktok/client.ts';
import { mentionedFields } from '../tiktok/mentioned-fields.ts';
import { toTrackRequest } from '../tiktok/track-request.ts';
import { judge, refusedIndex, type Verdict } from '../tiktok/verdict.ts';
import type { CallBudget } from './call-budget.ts';
import type { Group } from './group.ts';
import type { Fate, Item } from './item.ts';
import type { TokenSource } from './token-source.ts';

export interface AttemptPorts {
  readonly callTikTok: TikTokClient;
  readonly tokens: TokenSource;
  readonly budget: CallBudget;
  /** Told of every call, with its verdict. */
  readonly observe: (call: CallReport) => void;
  readonly now: () => number;
  readonly setFate: (items: readonly Item[], fate: Fate) => void;
}

export interface CallReport {
  readonly destinationName: string;
  readonly items: readonly Item[];
  readonly verdict: Verdict;
  readonly requestId: string | undefined;
  readonly durationMs: number;
}

/** TikTok refused the items because of what they hold. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: string;
  /** Position of the event that the message names. */
  readonly index: number | undefined;
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
}

/** `stopped`: no token, no time, no calls left, or a verdict that is not about these items. */
export type Attempt = { readonly kind: 'delivered' } | { readonly kind: 'stopped' } | Refusal;

/** Fates are set for all answers but refusals. */
export async function attempt(group: Group, ports: AttemptPorts): Promise<Attempt> {
  const { items, destinationName } = group;
  const token = await ports.tokens.get(destinationName);
  if ('missing' in token)
    return stop(items, { kind: 'hold', reason: token.missing, outcome: 'refused' }, ports);
  const call = await send(group, token.accessToken, ports);
  if (call?.verdict.kind !== 'hold' || !call.verdict.isTokenTrouble) return conclude(items, call, ports);

  const fresh = await ports.tokens.reread(destinationName);
  const isNew = !('missing' in fresh) && fresh.accessToken !== token.accessToken;
  if (!isNew || !ports.budget.takeExtra()) return conclude(items, call, ports);
  return conclude(items, (await send(group, fresh.accessToken, ports)) ?? call, ports);
}

interface Call {
  readonly verdict: Verdict;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
}

/** @returns undefined when there is no time left to begin a call */
async function send(group: Group, accessToken: string, ports: AttemptPorts): Promise<Call | undefined> {
  const { items, destinationName, destination, testEventCode } = group;
  const timeoutMs = ports.budget.timeForCall();
  if (timeoutMs === undefined) return undefined;
  const body = toTrackRequest(
    destination,
    testEventCode,
    items.map(({ track }) => track),
  );
  const startedAt = ports.now();
  const reply = await ports.callTikTok({ method: 'POST', path: trackPath, accessToken, body, timeoutMs });
  const verdict = judge(reply, Math.min(...items.map(({ receives }) => receives)));
  const { message, requestId } = reply.kind === 'answer' ? reply : noAnswer;
  ports.observe({ destinationName, items, verdict, requestId, durationMs: ports.now() - startedAt });
  return { verdict, message, requestId };
}

/** For the compiler: a failure has neither. */
const noAnswer = { message: undefined, requestId: undefined };

function conclude(items: readonly Item[], call: Call | undefined, ports: AttemptPorts): Attempt {
  if (call === undefined) return stop(items, { kind: 'retry', reason: 'no_time', outcome: 'refused' }, ports);
  const { verdict, requestId } = call;
  if (verdict.kind === 'delivered') {
    ports.setFate(items, { kind: 'delivered' });
    return { kind: 'delivered' };
  }
  if (verdict.kind === 'retry') return stop(items, { ...verdict, requestId }, ports);
  if (verdict.kind === 'hold')
    return stop(items, { kind: 'hold', reason: verdict.reason, outcome: 'refused', requestId }, ports);
  // Until it is refused alone an event comes back: the refusal may have been another's.
  ports.setFate(items, { kind: 'retry', reason: verdict.reason, outcome: 'refused', requestId });
  const index = refusedIndex(call.message, items.length);
  return { kind: 'refused', reason: verdict.reason, index, detail: mentionedFields(call.message), requestId };
}

function stop(items: readonly Item[], fate: Fate, ports: AttemptPorts): Attempt {
  ports.setFate(items, fate);
  return { kind: 'stopped' };
}
