/** What the console's server asks of a stage: the local gateway and a deployed stage each give the same. */
import type { Destinations } from '../../lib/events/destination.ts';
import type { JournalLine } from '../../lib/journal/line.ts';
import type { Outcome } from '../../lib/journal/row.ts';
import type { Syncs } from '../../lib/sync/settings.ts';
import type { Sources } from '../../lib/webhooks/source-settings.ts';
import type { ActionAnswer, Change, Copies, DeadLettersAnswer, SamplesAnswer } from '../api.ts';
import type { RejectedRowsAnswer, SyncAnswer, SyncsAnswer } from '../syncs-api.ts';

export interface ConsoleSource {
  readonly stage: string;
  readonly isLocal: boolean;
  readonly sendsTo: 'sandbox' | 'tiktok';
  /** The journal is shown from this time on, in Unix milliseconds. */
  readonly sinceMs: number;
  /** @returns the lines since the last call, oldest first */
  newLines(): readonly JournalLine[];
  /** @returns the lines that name one of these fingerprints, oldest first */
  linesWith(fingerprints: readonly string[], fromMs: number): Promise<JournalLine[]>;
  /** Destinations, sources and syncs, as far as they are known here. */
  settings(): KnownSettings;
  readonly letters: LetterActions;
  /** @returns one sentence for each part of the view that cannot be read now, with the remedy */
  problems(): readonly string[];
  /** The scheduled syncs of the stage, where they can be read. */
  readonly syncs?: SyncActions | undefined;
  /** On this machine only: here the page may show personal data, and send events. */
  readonly local?: LocalExtras | undefined;
}

export interface KnownSettings {
  readonly destinations: Destinations;
  readonly sources: Sources;
  readonly syncs?: Syncs | undefined;
}

export interface LetterActions {
  list(): Promise<DeadLettersAnswer>;
  replay(ids: readonly string[]): Promise<ActionAnswer>;
  discard(ids: readonly string[]): Promise<ActionAnswer>;
}

/** Every call but `any` and `list` gives undefined for a sync that the stage does not have. */
export interface SyncActions {
  /** The stage has syncs. */
  any(): boolean;
  list(): Promise<SyncsAnswer>;
  show(sync: string): Promise<SyncAnswer | undefined>;
  /** @returns the ids of the rows that a run rejected */
  rejected(sync: string, run: string): Promise<RejectedRowsAnswer | undefined>;
  run(sync: string): Promise<SyncAnswer | undefined>;
  pause(sync: string): Promise<SyncAnswer | undefined>;
  resume(sync: string): Promise<SyncAnswer | undefined>;
}

export interface Identity {
  readonly eventId: string;
  readonly name: string;
}

/** The part of a row that decides whether it merges with the pixel's copy. */
export interface GatewayCopy {
  /** The fingerprint of its id. */
  readonly event: string;
  readonly source: string;
  readonly name: string;
  readonly atMs: number;
  readonly outcome: Outcome;
}

export interface LocalExtras {
  /** @returns id and name behind a fingerprint, of the last events */
  identity(event: string): Identity | undefined;
  /** @returns how the personal fields of an event changed, and the request as a command; nothing for an event it no longer has */
  details(event: string): { readonly changes: readonly Change[]; readonly curl?: string };
  /** @returns undefined for an event that has nothing to do with the browser */
  copies(row: GatewayCopy): Copies | undefined;
  samples(): SamplesAnswer;
  /** @returns undefined for an unknown id */
  sendSample(id: string): Promise<SentRequest | undefined>;
  /** Sends an event again, with the same id. @returns undefined when the gateway no longer has it */
  resend(event: string): Promise<SentRequest | undefined>;
}

/** The answer of the API to what the console sent. */
export interface SentRequest {
  readonly status: number;
  readonly body: string;
  /** The trace in the journal's line about the request. */
  readonly trace: string | undefined;
}
