/** What the gateway of this machine runs: its own stage `local`, or the settings of a stage file. */
import { browserSettings } from '../../lib/collect/browser-settings.ts';
import type { CollectSettings } from '../../lib/collect/settings.ts';
import type { BrowserSettings } from '../../lib/collect/wire.ts';
import { browserSettingsOf } from '../../lib/config/collect/browser-stage.ts';
import { checkMappings, readStage } from '../../lib/config/read-stage.ts';
import type { StageSettings } from '../../lib/config/stage.ts';
import { stageFileName } from '../../lib/config/stage-file.ts';
import type { ConsentMode } from '../../lib/events/consent.ts';
import type { Destinations } from '../../lib/events/destination.ts';
import { isObject } from '../../lib/schema/is-object.ts';
import type { Syncs } from '../../lib/sync/settings.ts';
import { collect, destinations, sources, stageName, syncs } from '../stage.ts';
import { deliveryOf, type StageDelivery } from './stage-delivery.ts';

/** A source as the stage file has it: without the defaults, which the functions add. */
export type LocalSource = Readonly<Record<string, unknown>> & { readonly platform: string };

/** The part of a stage that a local run takes over. Queues, secrets and limits are always the local ones. */
export interface LocalStage {
  /** `local`, or the name of the stage file. */
  readonly name: string;
  /** None has a `tiktokApiUrl`: only TIKTOK_API_URL can make a local run send to TikTok. */
  readonly destinations: Destinations;
  readonly sources: Readonly<Record<string, LocalSource>>;
  readonly consent: ConsentMode;
  /** The collector; a stage file without `collect` has none. */
  readonly collector?: LocalCollector | undefined;
  /** Queries whose rows become events. */
  readonly syncs?: Syncs;
  /** By default that of the stage `local`. A run keeps the one that it started with. */
  readonly delivery?: StageDelivery;
}

export interface LocalCollector {
  /** With the origins of this machine, on any port. */
  readonly settings: CollectSettings;
  /** What goes into the browser script. */
  readonly browser: BrowserSettings;
}

/**
 * The sources of the stage `local` are there to be tried, so the browser may send the early events that they can send, too:
 * InitiateCheckout and CompleteRegistration.
 */
export const ownStage = (): LocalStage => ({
  name: stageName,
  destinations,
  sources,
  consent: 'always',
  collector: { settings: collect, browser: browserSettings(collect, []) },
  syncs: syncs(),
});

/**
 * Reads `stages/<name>.yml`.
 * @throws StageError that names the file and the setting, also for a mapping that cannot be compiled
 */
export async function stageFromFile(name: string): Promise<LocalStage> {
  const settings = readStage(name);
  await checkMappings(settings, stageFileName(name));
  return {
    name,
    destinations: withoutAddresses(settings.destinations),
    sources: sourcesAsWritten(settings),
    consent: settings.api.consent ?? 'always',
    collector: await collectorOf(settings),
    syncs: settings.syncs,
    delivery: deliveryOf(settings),
  };
}

async function collectorOf(stage: StageSettings): Promise<LocalCollector | undefined> {
  const browser = await browserSettingsOf(stage);
  if (stage.collect === undefined || browser === undefined) return undefined;
  const origins = [...stage.collect.origins, ...collect.origins];
  return { settings: { ...stage.collect, origins }, browser };
}

const withoutAddresses = (destinations: Destinations): Destinations =>
  Object.fromEntries(
    Object.entries(destinations).map(([name, { tiktokApiUrl: _, ...destination }]) => [name, destination]),
  );

function sourcesAsWritten({ sources, sourcesAsWritten: written }: StageSettings): LocalStage['sources'] {
  const entries = Object.entries(sources).map(([name, { platform }]) => {
    const settings = written[name];
    return [name, { ...(isObject(settings) ? settings : {}), platform }] as const;
  });
  return Object.fromEntries(entries);
}
