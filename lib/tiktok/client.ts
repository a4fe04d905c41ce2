/** The one file that calls TikTok: bounded in time and bytes, no redirects, on the runtime's keep-alive pool. */
import { type Clock, systemClock } from '../clock/clock.ts';
import type { Answer } from './verdict.ts';

export interface TikTokCall {
  readonly method: 'GET' | 'POST';
  /** The base URL of the token's destination; by default the client's own. Checked where settings are read. */
  readonly baseUrl?: string | undefined;
  /** Path and query below the base, such as `/open_api/v1.3/event/track/`; the trailing slash is part of it. */
  readonly path: string;
  readonly accessToken?: string;
  readonly body?: string;
  /** Ends the call before its own limit of 8 seconds. */
  readonly timeoutMs?: number;
}

/** The answer with its whole text, for callers that need more than `code`. */
export type TikTokReply = Answer & { readonly text?: string };

export type TikTokClient = (call: TikTokCall) => Promise<TikTokReply>;

export const trackPath = '/open_api/v1.3/event/track/';

const maxCallMs = 8_000;
const maxAnswerBytes = 256 * 1024;

/** What the client reaches the network with; the runtime's own by default. */
export interface Network {
  readonly fetch: (url: string, init: RequestInit) => Promise<NetworkAnswer>;
  readonly clock: Pick<Clock, 'timeout'>;
}

/** The parts of a `Response` that the client reads. */
export interface NetworkAnswer {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** @param defaultBaseUrl without a trailing slash; https, or http on loopback (checked where settings are read) */
export function createTikTokClient(
  defaultBaseUrl: string,
  { fetch, clock }: Network = { fetch: globalThis.fetch, clock: systemClock },
): TikTokClient {
  return async ({ method, baseUrl = defaultBaseUrl, path, accessToken, body, timeoutMs = maxCallMs }) => {
    const signal = clock.timeout(Math.max(1, Math.min(timeoutMs, maxCallMs)));
    try {
      const response = await fetch(baseUrl + path, {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(accessToken !== undefined && { 'access-token': accessToken }),
        },
        body: body ?? null,
        // A redirect could send personal data to another host (OWASP API10:2023), so it counts as an answer and is not followed.
        redirect: 'manual',
        signal,
      });
      const text = await readText(response);
      if (text === undefined) return { kind: 'failure', reason: 'oversized_answer', isSent: true };
      return { kind: 'answer', status: response.status, text, ...readEnvelope(text) };
    } catch (error) {
      return {
        kind: 'failure',
        reason: signal.aborted ? 'timeout' : 'network',
        isSent: !isConnectError(error),
      };
    }
  };
}

/** @returns undefined when the answer is larger than the limit, in which case its socket is closed */
async function readText(response: Pick<NetworkAnswer, 'body'>): Promise<string | undefined> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** TikTok's envelope `{code, message, request_id, data}`; fields of another type count as absent. */
function readEnvelope(text: string): { code?: number; message?: string; requestId?: string } {
  try {
    const { code, message, request_id } = JSON.parse(text);
    return {
      ...(Number.isSafeInteger(code) && { code }),
      ...(typeof message === 'string' && { message }),
      ...(typeof request_id === 'string' && /^[\w-]{1,128}$/.test(request_id) && { requestId: request_id }),
    };
  } catch {
    return {};
  }
}

// Tests cannot cause all of these without a network of their own. A missing code only means `unknown` instead of `refused`.
const connectErrors = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** True when there was no connection, so that TikTok cannot have the events. */
function isConnectError(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && connectErrors.has(String(cause.code));
}
