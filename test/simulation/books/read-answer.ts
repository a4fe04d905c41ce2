/** Reads TikTok's answer for the books, on its way to the consumer. */
import type { NetworkAnswer } from '../../../lib/tiktok/client.ts';

/** What the journal must say about a call. */
export interface Reading {
  readonly reason: string;
  readonly isDelivered: boolean;
  readonly isSent: boolean;
  readonly requestId: string | undefined;
  readonly setting: string | undefined;
  /** The position of the event that a refusal names. */
  readonly named: number | undefined;
}

/** `lib/tiktok/client.ts` reads no more than this. */
const mostBytes = 256 * 1024;
const deliveredCodes = [0, 20_001, 40_050];

/** @returns the same answer, which can be read once more, and what it means */
export async function readAnswer(
  given: NetworkAnswer,
): Promise<{ readonly answer: NetworkAnswer; readonly reading: Reading }> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of given.body ?? []) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return { answer: { status: given.status, body: once(bytes) }, reading: read(given.status, bytes) };
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

function read(status: number, bytes: Buffer): Reading {
  const { code, request_id, message } = bytes.length > mostBytes ? {} : membersOf(bytes.toString());
  const requestId = typeof request_id === 'string' ? request_id : undefined;
  const isSuccess = status >= 200 && status < 300;
  const isByCode = typeof code === 'number' && status !== 413 && !(status >= 300 && status < 400);
  const isDelivered = isByCode && isSuccess && deliveredCodes.includes(code);
  const byStatus = isSuccess ? 'unreadable_answer' : `http_${status}`;
  const reason = bytes.length > mostBytes ? 'oversized_answer' : isByCode ? `tiktok_${code}` : byStatus;
  const [setting, named] = [settingIn(message), positionIn(message)];
  return { reason, isDelivered, isSent: true, requestId, setting, named };
}

/** The simulated TikTok names no other field of the call (`tiktok/troubles.ts`). */
const settingIn = (message: unknown): string | undefined =>
  typeof message === 'string'
    ? /^Invalid value for (event_source_id|test_event_code)/.exec(message)?.[1]
    : undefined;

function positionIn(message: unknown): number | undefined {
  const [, digits] = (typeof message === 'string' && /^(?:Batch\.|data\[)(\d+)/.exec(message)) || [];
  return digits === undefined ? undefined : Number(digits);
}

interface Members {
  readonly code?: unknown;
  readonly request_id?: unknown;
  readonly message?: unknown;
}

function membersOf(text: string): Members {
  // A page of a firewall is no JSON: an error for each of them costs more than reading it.
  if (!text.startsWith('{')) return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** @param error of a call without an answer */
export const readFailure = (error: unknown): Reading => ({
  reason: error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'network',
  isDelivered: false,
  isSent: !(error instanceof TypeError && isRefused(error.cause)),
  requestId: undefined,
  setting: undefined,
  named: undefined,
});

const isRefused = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
