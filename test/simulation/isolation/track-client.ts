/** The real client of TikTok over a network that answers each call as its trouble says, after 300 ms. */
import type { Clock } from '../../../lib/clock/clock.ts';
import { createTikTokClient, type Network, type TikTokClient } from '../../../lib/tiktok/client.ts';
import { networkError, type Outcome, toResponse } from '../tiktok/answers.ts';

/** A call as TikTok sees it. */
export interface TrackCall {
  /** The event ids, in order. */
  readonly ids: readonly string[];
  /** Of the body. */
  readonly bytes: number;
  readonly token: string;
  /** Since the first call of the course. */
  readonly secondsIn: number;
}

export type Answers = (call: TrackCall) => Outcome;

const latencyMs = 300;

export function createTrackClient(clock: Clock, answers: Answers, secondsIn: () => number): TikTokClient {
  const fetch: Network['fetch'] = async (_, { body, headers, signal }) => {
    const text = String(body);
    const ids = JSON.parse(text).data.map((event: { event_id: string }) => event.event_id);
    const token = new Headers(headers).get('access-token') ?? '';
    const outcome = answers({ ids, bytes: Buffer.byteLength(text), token, secondsIn: secondsIn() });
    if (outcome.kind === 'silence') return aborted(signal);
    await clock.pause(latencyMs);
    if (outcome.kind !== 'answer')
      throw networkError(outcome.kind === 'reset' ? 'ECONNRESET' : 'ECONNREFUSED');
    return toResponse(outcome.status, outcome.text);
  };
  return createTikTokClient('https://tiktok.example', { fetch, clock });
}

const aborted = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
