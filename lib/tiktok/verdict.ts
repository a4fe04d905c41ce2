/**
 * Judges one answer of TikTok: its verdict on the events of the call. TikTok answers HTTP 200 with an error code in the
 * body, so the body's `code` decides, then the HTTP status.
 */
import { meaningOf } from './codes.ts';
import { refusedSetting } from './refused-setting.ts';

/** The result of one call. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly requestId?: string;
    }
  /** No readable answer. `isSent` is false when the request cannot have reached TikTok. */
  | {
      readonly kind: 'failure';
      readonly reason: FailureReason;
      readonly isSent: boolean;
      readonly message?: undefined;
      readonly requestId?: undefined;
    };

export type FailureReason = 'timeout' | 'network' | 'oversized_answer';

export type Verdict =
  | { readonly kind: 'delivered'; readonly reason: string; readonly isPartial: boolean }
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly acknowledgement: Acknowledgement;
      readonly suspects: Suspects;
    }
  /**
   * A person must fix the token, permission or configuration. `isTokenTrouble`: a new read of the secret may help.
   * `detail` names the field of the call that TikTok refused.
   */
  | {
      readonly kind: 'hold';
      readonly reason: string;
      readonly isTokenTrouble: boolean;
      readonly detail?: string | undefined;
    }
  | { readonly kind: 'reject'; readonly reason: string };

/** `unknown`: TikTok may have the events although no answer confirms it. A dead letter's `outcome` contains it. */
export type Acknowledgement = 'refused' | 'unknown';

/**
 * What may have caused an answer that refuses no event. `nothing`: a limit, maintenance or no connection, so no event did.
 * `size`: the call was too large. `event`: an outage, or one event that TikTok or a firewall before it cannot take.
 */
export type Suspects = 'nothing' | 'size' | 'event';

/** From this receive on, `reject_later` means `reject`. */
const rejectLaterFrom = 5;

/**
 * @param receives the fewest receives from the queue among the messages of the call, from 1
 * @param isOwnTestCode the test code of the call comes from its events, not from their destination
 */
export function judge(answer: Answer, receives: number, isOwnTestCode = false): Verdict {
  if (answer.kind === 'failure') {
    const { reason, isSent } = answer;
    return isSent ? retry(reason, 'event', 'unknown') : retry(reason, 'nothing');
  }
  const { status, code, message } = answer;
  // 413 speaks of size alone, whatever the body says.
  const isJudgedByStatus = code === undefined || status === 413 || (status >= 300 && status < 400);
  if (isJudgedByStatus) return judgeStatus(status);
  const reason = `tiktok_${code}`;
  const meaning = meaningOf(code);
  switch (meaning) {
    case 'delivered':
    case 'partial':
      return isSuccess(status)
        ? { kind: 'delivered', reason, isPartial: meaning === 'partial' }
        : judgeStatus(status);
    case 'reject':
    case 'reject_later': {
      const isFinal = meaning === 'reject' || receives >= rejectLaterFrom;
      return judgeRefusal(reason, refusedSetting(message, isOwnTestCode), isFinal);
    }
    case 'hold':
    case 'token':
      return { kind: 'hold', reason, isTokenTrouble: meaning === 'token' };
    default:
      return retry(reason, meaning === 'busy' ? 'nothing' : 'event');
  }
}

function judgeRefusal(reason: string, setting: string | undefined, isFinal: boolean): Verdict {
  if (setting !== undefined) return { kind: 'hold', reason, isTokenTrouble: false, detail: setting };
  return isFinal ? { kind: 'reject', reason } : retry(reason, 'event');
}

/** Without a usable code, the request did not reach TikTok's API logic, or the answer is not TikTok's. */
function judgeStatus(status: number): Verdict {
  if (status === 404) return { kind: 'hold', reason: 'http_404', isTokenTrouble: false };
  if (status === 413) return retry('http_413', 'size');
  if (isSuccess(status)) return retry('unreadable_answer', 'event', 'unknown');
  return retry(`http_${status}`, status === 429 ? 'nothing' : 'event', 'unknown');
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const retry = (
  reason: string,
  suspects: Suspects,
  acknowledgement: Acknowledgement = 'refused',
): Verdict => ({ kind: 'retry', reason, acknowledgement, suspects });

const namedIndex = /\b(?:Batch|data)(?:\.(\d{1,3})\.|\[(\d{1,3})\])/i;

/** @returns the zero-based position of the event that a refusal names (`Batch.3.`, `data.3.`, `data[3]`) */
export function refusedIndex(message: string | undefined, batchSize: number): number | undefined {
  const match = message?.match(namedIndex);
  const index = Number(match?.[1] ?? match?.[2] ?? Number.NaN);
  return index < batchSize ? index : undefined;
}
