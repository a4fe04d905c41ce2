/** What every built-in mapping is given: a verified body and what its headers say about it. */
import type { Payload } from '../payload/values.ts';
import type { Platform, SettingsOf } from './source-settings.ts';
import type { WebhookHeaders } from './webhook-headers.ts';

export interface MapInput<P extends Platform> {
  readonly settings: SettingsOf<P>;
  readonly topic: string;
  readonly payload: Payload;
  readonly headers: WebhookHeaders;
  readonly nowMs: number;
  /** ISO 3166-1 alpha-2 for phones without any country beside them: the destination's default. */
  readonly country?: string | undefined;
  /** The word of source.consent, where a mapping laid over the built-in one has it. */
  readonly consent?: string | undefined;
}

/** A shop's clock may run ahead of ours; an event from the future would be refused. */
export const notInFuture = (seconds: number, nowMs: number): number =>
  Math.min(seconds, Math.floor(nowMs / 1000));
