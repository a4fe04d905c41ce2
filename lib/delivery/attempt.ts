/** Sends some messages to TikTok in one call, and derives their disposition from the answer. */
import { type TikTokClient, trackPath } from '../tiktok/client.ts';
import { mentionedFields } from '../tiktok/mentioned-fields.ts';
import { toTrackRequest } from '../tiktok/track-request.ts';
import { judge, refusedIndex, type Verdict } from '../tiktok/verdict.ts';
import type { CallBudget } from './call-budget.ts';
import type { Group } from './group.ts';
import type { Disposition, Park, SendableMessage } from './message.ts';
import type { TokenSource } from './token-source.ts';

/** Shared by all calls of one invocation. */
export interface CallContext {
  readonly tiktok: TikTokClient;
  readonly tokens: TokenSource;
  readonly budget: CallBudget;
  readonly now: () => number;
}

export interface Attempt {
  /** Of every message of the attempt. */
  readonly disposition: Disposition;
  /** Present when some of the messages may be the cause: then further calls can deliver the others. */
  readonly fault?: Fault;
  /** None without a token or time; two when TikTok refused the first token. */
  readonly calls: readonly Call[];
}

/** `park` is the disposition of a message that got the answer alone. */
export type Fault =
  /** TikTok refused the content of a message; `index` is the position that its text names. */
  | { readonly of: 'content'; readonly index: number | undefined; readonly park: Park }
  /** The messages together are too large. */
  | { readonly of: 'size'; readonly park: Park }
  /** Nobody knows: an outage, or a message that TikTok or a firewall before it cannot take. */
  | { readonly of: 'unknown' };

export interface Call {
  readonly destinationName: string;
  readonly messages: readonly SendableMessage[];
  readonly verdict: Verdict;
  /** The position in `messages` that a refusal names. */
  readonly position: number | undefined;
  readonly requestId: string | undefined;
  readonly durationMs: number;
}

/**
 * Sends the messages of the group; a second time when TikTok refuses the token and the secret contains a new one.
 * @param calls how many calls share the time that is left
 */
export async function attempt(group: Group, context: CallContext, calls = 1): Promise<Attempt> {
  const { destinationName } = group;
  const token = await context.tokens.get(destinationName);
  if ('missing' in token)
    return { disposition: { kind: 'hold', reason: token.missing, acknowledgement: 'refused' }, calls: [] };
  const first = await send(group, token.accessToken, context, calls);
  if (first === undefined) return noTime;
  if (first.verdict.kind !== 'hold' || !first.verdict.isTokenTrouble) return conclude([], first);

  const fresh = await context.tokens.reread(destinationName);
  const isNew = !('missing' in fresh) && fresh.accessToken !== token.accessToken;
  if (!isNew || !context.budget.takeExtra()) return conclude([], first);
  const second = await send(group, fresh.accessToken, context, calls);
  return second === undefined ? conclude([], first) : conclude([first], second);
}

const noTime: Attempt = {
  disposition: { kind: 'retry', reason: 'no_time', acknowledgement: 'refused' },
  calls: [],
};

/** `text` is TikTok's message, which can repeat what was sent: only `conclude` reads it. */
type AnsweredCall = Call & { readonly text: string | undefined };

/** @returns undefined when there is no time left to start a call */
async function send(
  { destinationName, destination, testEventCode, messages }: Group,
  accessToken: string,
  { tiktok, budget, now }: CallContext,
  calls: number,
): Promise<AnsweredCall | undefined> {
  const timeoutMs = budget.timeForCall(calls);
  if (timeoutMs === undefined) return undefined;
  const events = messages.map(({ event }) => event.trackJson);
  const body = toTrackRequest(destination, testEventCode, events);
  const startedAt = now();
  const baseUrl = destination.tiktokApiUrl;
  const reply = await tiktok({ method: 'POST', baseUrl, path: trackPath, accessToken, body, timeoutMs });
  const { message: text, requestId } = reply;
  const isOwnTestCode = testEventCode !== undefined && testEventCode !== destination.testEventCode;
  const verdict = judge(reply, Math.min(...messages.map(({ receives }) => receives)), isOwnTestCode);
  const position = verdict.kind === 'reject' ? refusedIndex(text, messages.length) : undefined;
  return { destinationName, messages, verdict, position, requestId, durationMs: now() - startedAt, text };
}

function conclude(earlier: readonly Call[], last: AnsweredCall): Attempt {
  const { text, ...call } = last;
  const { verdict, position, requestId } = call;
  const calls = [...earlier, call];
  if (verdict.kind === 'delivered') return { disposition: { kind: 'delivered' }, calls };
  const { reason } = verdict;
  const refused = { reason, acknowledgement: 'refused', requestId } as const;
  switch (verdict.kind) {
    case 'retry': {
      const disposition = { ...refused, kind: 'retry', acknowledgement: verdict.acknowledgement } as const;
      if (verdict.suspects === 'nothing') return { disposition, calls };
      const isTooLarge = verdict.suspects === 'size';
      return {
        disposition,
        fault: isTooLarge ? { of: 'size', park: { kind: 'park', ...refused } } : { of: 'unknown' },
        calls,
      };
    }
    case 'hold':
      return { disposition: { kind: 'hold', ...refused, detail: verdict.detail }, calls };
    case 'reject': {
      const park: Park = { kind: 'park', ...refused, detail: mentionedFields(text) };
      // A message that was not refused alone is retried: another event may have caused the refusal.
      return {
        disposition: { kind: 'retry', ...refused },
        fault: { of: 'content', index: position, park },
        calls,
      };
    }
  }
}
