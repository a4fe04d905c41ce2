/**
 * Requests to SQS as the SDK makes them: each takes time, can fail before its effect or lose its answer after it, and is
 * made a second time before the caller gets an error. An abort ends the wait, not the request.
 */
import type { BatchAnswer } from '../../../lib/queue/sqs.ts';
import type { Random } from '../../support/random.ts';
import { clockOf, type Scheduler } from '../engine/scheduler.ts';
import type { SqsTrouble } from '../world-parts.ts';

export interface Entry {
  readonly Id: string | undefined;
}

export interface Requests {
  /**
   * @param entries of a batch call
   * @param effect of one entry; it returns the code of its error, undefined when it is done
   */
  readonly batch: <E extends Entry>(
    entries: readonly E[],
    effect: (entry: E) => string | undefined,
    options?: RequestOptions,
  ) => Promise<BatchAnswer>;
  /** One attempt: the pollers of Lambda make no second one. */
  readonly attempt: <Answer>(effect: () => Answer | Promise<Answer>) => Promise<Answer>;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly attempts?: number;
  /** The error of the whole call, such as a batch that is too long. */
  readonly fault?: string | undefined;
}

/** One for each name: an error with its stack costs more than the request. */
const serviceErrors = new Map<string, Error>();

function serviceError(name: string): Error {
  const error = serviceErrors.get(name) ?? Object.assign(new Error(name), { name });
  serviceErrors.set(name, error);
  return error;
}

/** Limits of SQS's batch calls. */
const maxEntries = 10;
const entryId = /^[\w-]{1,80}$/;

const leastMs = 2;
const mostMs = 12;
/** The SDK's limit for a request (`lib/queue/sqs.ts`). */
const requestTimeoutMs = 1_000;
const sdkAttempts = 2;

interface RequestParts {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly trouble: Pick<SqsTrouble, 'fails' | 'losesAnswer' | 'failsEntry'>;
  readonly afterEffect: () => void;
}

export function createRequests({ scheduler, random, trouble, afterEffect }: RequestParts): Requests {
  const { pause } = clockOf(scheduler);
  const travel = () => pause(random.between(leastMs, mostMs));

  const attempt: Requests['attempt'] = async (effect) => {
    await travel();
    if (random.isHit(trouble.fails)) throw serviceError('ServiceUnavailable');
    const answer = await effect();
    afterEffect();
    if (!random.isHit(trouble.losesAnswer)) {
      await travel();
      return answer;
    }
    // A reset connection shows at once, a lost packet only when the request times out.
    const isReset = random.isHit(0.5);
    await pause(isReset ? mostMs : requestTimeoutMs);
    throw serviceError(isReset ? 'ECONNRESET' : 'TimeoutError');
  };

  const repeated = async <Answer>(effect: () => Answer, attempts: number): Promise<Answer> => {
    if (attempts === 1) return await attempt(effect);
    try {
      return await attempt(effect);
    } catch {
      return await repeated(effect, attempts - 1);
    }
  };

  const answerOf = <E extends Entry>(entries: readonly E[], effect: (entry: E) => string | undefined) => {
    const results = entries.map((entry) => {
      const Code = random.isHit(trouble.failsEntry) ? 'InternalError' : effect(entry);
      return { Id: entry.Id, Code };
    });
    return {
      Successful: results.filter(({ Code }) => Code === undefined),
      Failed: results.filter(({ Code }) => Code !== undefined),
    };
  };

  return {
    attempt,
    async batch(entries, effect, { signal, attempts = sdkAttempts, fault = batchFault(entries) } = {}) {
      if (signal?.aborted) throw serviceError('AbortError');
      const call = () => {
        if (fault !== undefined) throw serviceError(fault);
        return answerOf(entries, effect);
      };
      return await unlessAborted(repeated(call, fault === undefined ? attempts : 1), signal);
    },
  };
}

/** A fault for which SQS rejects the whole call. */
function batchFault(entries: readonly Entry[]): string | undefined {
  if (entries.length === 0) return 'EmptyBatchRequest';
  if (entries.length > maxEntries) return 'TooManyEntriesInBatchRequest';
  if (entries.some(({ Id }) => !entryId.test(Id ?? ''))) return 'InvalidBatchEntryId';
  return new Set(entries.map(({ Id }) => Id)).size < entries.length ? 'BatchEntryIdsNotDistinct' : undefined;
}

/** The SDK rejects with an `AbortError`; the request may have an effect all the same. */
function unlessAborted<Answer>(answer: Promise<Answer>, signal: AbortSignal | undefined): Promise<Answer> {
  if (signal === undefined) return answer;
  return new Promise((resolve, reject) => {
    const abort = () => reject(serviceError('AbortError'));
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
