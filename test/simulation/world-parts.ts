/** The parts of the simulated world and what they say to one another. Each part lives in the folder of its name. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { SqsApi } from '../../lib/queue/sqs.ts';
import type { SecretsClient } from '../../lib/secrets/secrets-manager.ts';
import type { Network } from '../../lib/tiktok/client.ts';
import type { Random } from '../support/random.ts';
import type { RunReport } from './books/run-report.ts';
import type { Scheduler } from './engine/scheduler.ts';
import type { Trace } from './engine/trace.ts';
import type { Nature } from './marks.ts';

/** What every part gets. A part draws from a `random` of its own, so that a change of one leaves the draws of the others. */
export interface Surroundings {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly trace: Trace;
  readonly witness: (fact: Fact) => void;
}

/**
 * What truly happened, whatever the code believes. `key` names an event: each event carries it as `order_id`, which TikTok
 * receives in clear. The books (`books/`) collect the facts, and the invariants judge them.
 */
export type Fact =
  /** A sender is about to send the event, for the first time or again. */
  | {
      readonly kind: 'attempted';
      readonly event: SentEvent;
      /** The event carries the id that an answer of the gateway gave it. */
      readonly hasGivenId?: boolean;
    }
  /** The sender read that the event is accepted: an API receipt, HTTP 200 to a webhook, SQS's answer to a producer. */
  | {
      readonly kind: 'accepted';
      readonly key: string;
      /** The id under which it is accepted, as an API receipt says. */
      readonly eventId?: string;
    }
  /** The sender read that the event, or its whole request, is rejected for good. */
  | { readonly kind: 'rejected'; readonly key: string }
  /** SQS stored a message with the event. */
  | { readonly kind: 'queued'; readonly key: string; readonly messageId: string }
  /** A message left the queue: deleted by the consumer, moved by redrive, or at the end of its retention. */
  | {
      readonly kind: 'removed';
      readonly key: string;
      readonly messageId: string;
      readonly how: 'deleted' | 'redriven' | 'retention';
    }
  /** The dead-letter queue stored a message; `attributes` are empty when SQS moved it. */
  | {
      readonly kind: 'dead-letter';
      readonly key: string;
      readonly attributes: Readonly<Record<string, string>>;
      /** When its retention ends, in virtual milliseconds. */
      readonly keptUntilMs: number;
    }
  /** TikTok took the event in a call, whether its answer arrived or not. `counts`: it was no duplicate of the last 48 h. */
  | { readonly kind: 'taken'; readonly key: string; readonly counts: boolean; readonly eventId?: string }
  /** The pixel's copy of the event came to TikTok. `counts`: no server's copy of the last 48 h was there. */
  | { readonly kind: 'pixel'; readonly key: string; readonly counts: boolean }
  /** The first copies of the pixel and the server came within 5 minutes of each other: TikTok merged their match keys. */
  | { readonly kind: 'merged'; readonly key: string }
  /** The function made a call to TikTok; `keys` are its events, `answer` is such as `code 40002`, `http 503` or `stall`. */
  | { readonly kind: 'called'; readonly keys: readonly string[]; readonly answer: string }
  /** An invocation of the consumer starts; `receives` are the receives of each message, this one included. */
  | {
      readonly kind: 'invoked';
      readonly invocation: number;
      readonly messages: readonly {
        readonly key: string;
        readonly receives: number;
        readonly bytes: number;
      }[];
    }
  /** The invocation starts a call to TikTok. */
  | { readonly kind: 'calling'; readonly invocation: number; readonly destination: string | undefined }
  /** The call of the invocation ended, with an answer or without one. */
  | { readonly kind: 'answered'; readonly invocation: number; readonly destination: string | undefined }
  /** The invocation ended by itself. */
  | { readonly kind: 'ended'; readonly invocation: number; readonly report: RunReport };

export interface SentEvent {
  readonly key: string;
  readonly source: 'api' | 'webhook' | 'producer';
  readonly destination: string;
  readonly nature: Nature;
  /** Of the event alone, which its call must carry. */
  readonly testCode?: string | undefined;
  /** Resending it cannot count twice: it has an `event_id` or a time, or the request an idempotency key. */
  readonly isStable: boolean;
  /** When its sender first tried, in virtual milliseconds. */
  readonly atMs: number;
}

/** Standard SQS: both queues of a stage. Troubles are changed while it runs. */
export interface SqsPart {
  readonly api: SqsApi;
  /** A producer that writes to the queue by itself. @returns whether SQS answered that it stored the message */
  readonly produce: (body: string) => Promise<boolean>;
  readonly trouble: SqsTrouble;
  readonly depth: () => { readonly visible: number; readonly inFlight: number; readonly deadLetters: number };
}

/** Shares from 0 to 1. A request is one attempt: the SDK makes a second one when the first fails. */
export interface SqsTrouble {
  /** Of requests that fail as a whole, before an effect. */
  fails: number;
  /** Of requests whose answer is lost after their effect. */
  losesAnswer: number;
  /** Of entries that fail in a batch call that succeeds. */
  failsEntry: number;
  /** Of messages that are handed out twice, or again after they were deleted. */
  repeats: number;
}

/** The event source mapping of the consumer: receives, collects a batch, invokes, deletes. */
export interface MappingPart {
  readonly start: () => void;
}

/** One function: environments are created when all others are busy, and live until they die. */
export interface LambdaPart<Event, Answer> {
  /** Rejects when the environment dies or the code throws. */
  readonly invoke: (event: Event) => Promise<Answer>;
  readonly trouble: LambdaTrouble;
}

export interface LambdaTrouble {
  /** Share of the calls of the code at which its process dies. */
  crashes: number;
  /** Share of invocations that start in a new environment although an old one is free. */
  startsCold: number;
}

export type ConsumerPart = LambdaPart<SQSEvent, SQSBatchResponse>;

export interface SecretsPart {
  readonly client: SecretsClient;
  readonly trouble: { mode: 'up' | 'fails' | 'stalls' };
  /** Replaces the access token of a destination; The world informs TikTok. */
  readonly setToken: (destination: string, accessToken: string) => void;
  /** The secret of the destination has no value: a person disconnected it. */
  readonly removeToken: (destination: string) => void;
}

export interface TikTokPart {
  readonly network: Network['fetch'];
  readonly trouble: TikTokTrouble;
  /** Tokens that TikTok accepts; every other gets 40105. */
  readonly tokens: Set<string>;
  /** The pixel in the browser sends its copy of the event; it merges when both copies arrive within 5 minutes. */
  readonly pixelSends: (key: string) => void;
}

export interface TikTokTrouble {
  mode:
    | 'up'
    /** HTTP 503 at once. */
    | '503'
    | '500'
    /** Never answers. */
    | 'stalls'
    /** Takes the events and then resets the connection. */
    | 'resets-after'
    | 'resets-before'
    /** Takes the events and answers later than the caller waits. */
    | 'answers-late'
    | '429'
    | 'maintenance'
    | 'not-json'
    | 'oversized'
    | 'redirects'
    /** Takes the events and answers 20001. */
    | 'partial'
    /** A permission, a version or a setting is wrong: codes and texts that hold. */
    | 'permission'
    /** HTML pages of a firewall, whatever the events. */
    | 'firewall'
    /** Codes that ask for a retry. */
    | 'faults'
    /** Codes that TikTok does not document, outside 4xxxx. */
    | 'unknown-codes';
  /** Share of the calls that `mode` applies to. */
  share: number;
  /** Which of the answers of the mode most calls get, from 0 to less than 1; undefined: each call another. */
  variant: number | undefined;
  /** Milliseconds until an answer. */
  latencyMs: number;
}
