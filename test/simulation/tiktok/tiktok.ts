/**
 * TikTok as the product's client sees it: a `fetch` that reads a call, checks it, takes its events or not, and answers
 * after a while, or does not. It witnesses each call and each event that it takes.
 */
import type { NetworkAnswer } from '../../../lib/tiktok/client.ts';
import { Breach, fail } from '../breach.ts';
import { stageTestCode } from '../stage.ts';
import type { Surroundings, TikTokPart, TikTokTrouble } from '../world-parts.ts';
import { code, networkError, type Outcome, silence, toResponse } from './answers.ts';
import { createCopies } from './copies.ts';
import { readCall, type TrackCall } from './request.ts';
import { isAtOnce, troubleAfter, troubleBefore } from './troubles.ts';
import { refusalOf, stoppedBy, testCodeRefusal } from './verdicts.ts';

export interface TikTokSettings {
  /** Names of destinations by pixel code. */
  readonly pixels: ReadonlyMap<string, string>;
  /** A larger call gets 413; by default the most that the product may send. */
  readonly maxBytes?: number;
}

/** A call that TikTok takes late can wait this long in a queue of its own. */
const latestMs = 15_000;
/** Share of the calls whose events TikTok has already that it answers with "duplicate request". */
const duplicateShare = 0.3;

export function createTikTok(
  surroundings: Surroundings,
  { pixels, maxBytes = 1_000_000 }: TikTokSettings,
): TikTokPart {
  const { scheduler, random, trace, witness } = surroundings;
  const trouble: TikTokTrouble = { mode: 'up', share: 1, variant: undefined, latencyMs: 300 };
  const tokens = new Set<string>();
  const copies = createCopies(surroundings);

  function takes(call: TrackCall, mode: TikTokTrouble['mode']): Outcome {
    const isRepeat = copies.hasAll(call.events);
    const isLate = mode === 'answers-late' && random.isHit(0.5);
    if (isLate) scheduler.after(random.between(0, latestMs), () => copies.take(call.events));
    else copies.take(call.events);
    if (isRepeat && random.isHit(duplicateShare)) return code(40050, 'Duplicate request');
    return code(0);
  }

  function outcomeOf(call: TrackCall, mode: TikTokTrouble['mode']): Outcome {
    if (mode === 'permission' && call.testCode === stageTestCode) return code(40002, testCodeRefusal);
    const stopped = troubleBefore({ ...trouble, mode }, random) ?? stoppedBy(call, maxBytes);
    if (stopped !== undefined) return stopped;
    const refusal = refusalOf(call, tokens);
    const answer = refusal ?? takes(call, mode);
    // A refusal is lost like any other answer, and never a partial success.
    return mode === 'partial' && refusal !== undefined ? answer : (troubleAfter(mode) ?? answer);
  }

  function answer(call: TrackCall): { readonly outcome: Outcome; readonly afterMs: number } {
    const { mode, share, latencyMs } = trouble;
    const isHit = mode !== 'up' && (share >= 1 || random.isHit(share));
    const current = isHit ? mode : 'up';
    return { outcome: outcomeOf(call, current), afterMs: isAtOnce(current) ? 1 : latencyMs };
  }

  return {
    trouble,
    tokens,
    pixelSends: copies.takePixel,
    network: async (url, init) => {
      const call = readOrFail(() => readCall(url, init, pixels), surroundings);
      const { outcome, afterMs } = answer(call);
      const keys = call.events.map(({ key }) => key);
      trace.note(`tiktok ${outcome.what}: ${keys.join(' ')}`);
      witness({ kind: 'called', keys, answer: outcome.what });
      return respond(outcome, afterMs, init.signal ?? undefined, surroundings);
    },
  };
}

function readOrFail(read: () => TrackCall, { scheduler }: Surroundings): TrackCall {
  try {
    return read();
  } catch (error) {
    throw fail(scheduler, error instanceof Breach ? error.message : `malformed call to TikTok: ${error}`);
  }
}

/** @returns the answer after its time; rejects earlier when the caller gives up */
function respond(
  outcome: Outcome,
  afterMs: number,
  signal: AbortSignal | undefined,
  { scheduler }: Surroundings,
): Promise<NetworkAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      if (outcome.kind === 'answer') resolve(toResponse(outcome.status, outcome.text));
      else reject(networkError(outcome.kind === 'reset' ? 'ECONNRESET' : 'ECONNREFUSED'));
    };
    const cancel = outcome === silence ? undefined : scheduler.after(afterMs, settle);
    signal?.addEventListener('abort', () => {
      cancel?.();
      reject(signal.reason);
    });
  });
}
