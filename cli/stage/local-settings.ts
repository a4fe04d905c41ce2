/** The settings that the gateway of `npm start` runs: its own, or those of a stage file. */
import * as z from 'zod/mini';
import { type CollectSettings, collectSchema } from '../../lib/collect/settings.ts';
import type { BrowserSettings } from '../../lib/collect/wire.ts';
import { type ConsentMode, consentModes } from '../../lib/events/consent.ts';
import { type Destinations, destinationsSchema } from '../../lib/events/destination.ts';
import { type Syncs, syncsSchema } from '../../lib/sync/settings.ts';
import { type Sources, sourcesSchema } from '../../lib/webhooks/source-settings.ts';
import { ownStage } from '../../local/stage/local-stage.ts';

export interface LocalSettings {
  readonly destinations: Destinations;
  readonly sources: Sources;
  readonly consent: ConsentMode;
  readonly syncs: Syncs;
  readonly collect?: CollectSettings | undefined;
  /** What the tag of the stage is built from; undefined for a stage without a collector. */
  readonly browser?: BrowserSettings | undefined;
}

const settingsSchema = z.object({
  destinations: destinationsSchema,
  sources: sourcesSchema(),
  consent: z.enum(consentModes),
  syncs: z._default(syncsSchema(), {}),
  // Its origins are those of this machine, which no stage file can name.
  collect: z.optional(z.extend(collectSchema(), { origins: z.array(z.string()) })),
  browser: z.optional(
    z.object({
      consent: z.enum(['always', 'require']),
      pageViews: z.boolean(),
      untouched: z.array(z.string()),
    }),
  ),
});

/**
 * @param info the answer of `GET /_sandbox/info`
 * @returns the settings of the stage `local` when no gateway runs, or one that does not say what it runs
 */
export function localSettings(info: unknown): LocalSettings {
  const running = settingsSchema.safeParse(info);
  return running.success ? running.data : ownSettings();
}

function ownSettings(): LocalSettings {
  const { collector, ...stage } = ownStage();
  return settingsSchema.parse({ ...stage, browser: collector?.browser });
}
