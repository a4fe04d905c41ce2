/** The source of a stage that receives a triggered webhook. */
import type { Destination } from '../../../lib/events/destination.ts';
import type { SourceSettings } from '../../../lib/webhooks/source-settings.ts';

export interface TriggerSource {
  readonly name: string;
  readonly settings: SourceSettings;
  /** Of its events; undefined when the gateway does not say. */
  readonly destination: Destination | undefined;
}
