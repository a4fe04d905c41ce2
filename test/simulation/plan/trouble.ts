/** A trouble that comes and goes: what it changes in the world, and when. */
import type { Random } from '../../support/random.ts';
import type { GatewayTrouble } from '../senders/api-gateway.ts';
import type { LambdaTrouble, SecretsPart, SqsTrouble, TikTokTrouble } from '../world-parts.ts';

/** The parts of the world that troubles change. */
export interface Controls {
  readonly tiktok: TikTokTrouble;
  readonly sqs: SqsTrouble;
  readonly gateways: readonly GatewayTrouble[];
  readonly secrets: SecretsPart['trouble'];
  readonly functions: Readonly<Record<FunctionName, LambdaTrouble>>;
  /** Revokes the token of the destination at TikTok. */
  readonly revokeToken: (destination: string) => void;
  /** Gives the destination another token: TikTok accepts it, and the secret contains it. */
  readonly replaceToken: (destination: string) => void;
}

export type FunctionName = 'ingest' | 'webhook' | 'deliver';

export interface Trouble {
  /** As the trace shows it. */
  readonly name: string;
  /** Milliseconds after the start. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly start: (controls: Controls) => void;
  readonly end: (controls: Controls) => void;
}

export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What a trouble of some kind does, without its time. */
type Effect = Omit<Trouble, keyof Span>;

/** @param mode of all calls or of a share of them. An outage has one cause, so most of its answers are the same. */
export const tiktokFails = (random: Random, mode: TikTokTrouble['mode'], share = 1): Effect => ({
  name: `tiktok ${mode} ${share}`,
  start: ({ tiktok }) => void Object.assign(tiktok, { mode, share, variant: random.next() }),
  end: ({ tiktok }) => void Object.assign(tiktok, { mode: 'up', share: 1 }),
});

export const tiktokIsSlow = (latencyMs: number, usualMs: number): Effect => ({
  name: `tiktok answers in ${latencyMs} ms`,
  start: ({ tiktok }) => void Object.assign(tiktok, { latencyMs }),
  end: ({ tiktok }) => void Object.assign(tiktok, { latencyMs: usualMs }),
});

export const sqsFails = (kind: keyof SqsTrouble, share: number): Effect => ({
  name: `sqs ${kind} ${share}`,
  start: ({ sqs }) => void Object.assign(sqs, { [kind]: share }),
  end: ({ sqs }) => void Object.assign(sqs, { [kind]: 0 }),
});

/** For a while, SQS fails some entries of calls that succeed. */
export function drawFailingEntries(random: Random, withinMs: number): Trouble[] {
  if (!random.isHit(0.4)) return [];
  const share = random.pick([0.1, 0.5, 0.9]);
  return [{ ...drawSpan(random, 10_000, 300_000, withinMs), ...sqsFails('failsEntry', share) }];
}

/** The Internet and API Gateway, between the senders and the functions. */
export const gatewaysFail = (kind: keyof GatewayTrouble, share: number): Effect => ({
  name: `gateway ${kind} ${share}`,
  start: ({ gateways }) => gateways.forEach((gateway) => void Object.assign(gateway, { [kind]: share })),
  end: ({ gateways }) => gateways.forEach((gateway) => void Object.assign(gateway, { [kind]: 0 })),
});

export const functionFails = (name: FunctionName, kind: keyof LambdaTrouble, share: number): Effect => ({
  name: `${name} ${kind} ${share}`,
  start: ({ functions }) => void Object.assign(functions[name], { [kind]: share }),
  end: ({ functions }) => void Object.assign(functions[name], { [kind]: 0 }),
});

export const secretsFail = (mode: 'fails' | 'stalls'): Effect => ({
  name: `secrets manager ${mode}`,
  start: ({ secrets }) => void Object.assign(secrets, { mode }),
  end: ({ secrets }) => void Object.assign(secrets, { mode: 'up' }),
});

/** A person revokes the token of a destination, and connects it again later. */
export const tokenIsRevoked = (destination: string): Effect => ({
  name: `token of ${destination} revoked`,
  start: ({ revokeToken }) => revokeToken(destination),
  end: ({ replaceToken }) => replaceToken(destination),
});

/** @returns a span of chance within the first `withinMs`: short ones and long ones alike, on a scale of powers */
export function drawSpan(random: Random, shortestMs: number, longestMs: number, withinMs: number): Span {
  const lengthMs = Math.round(shortestMs * (longestMs / shortestMs) ** random.next());
  const fromMs = random.between(0, Math.max(0, withinMs - lengthMs));
  return { fromMs, untilMs: fromMs + lengthMs };
}

/** The modes of TikTok in which no call gets a usable answer: some more often, since they have many answers. */
export const outages: readonly [TikTokTrouble['mode'], ...TikTokTrouble['mode'][]] = [
  '503',
  '500',
  'stalls',
  'resets-before',
  'resets-after',
  'answers-late',
  '429',
  'maintenance',
  'not-json',
  'oversized',
  'redirects',
  'permission',
  'permission',
  'permission',
  'firewall',
  'faults',
  'unknown-codes',
];
