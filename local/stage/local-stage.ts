/** What the gateway of this machine runs: its own stage `local`, or the settings of a stage file. */
import { checkMappings, readStage } from '../../lib/config/read-stage.ts';
import type { StageSettings } from '../../lib/config/stage.ts';
import { stageFileName } from '../../lib/config/stage-file.ts';
import type { ConsentMode } from '../../lib/events/consent.ts';
import type { Destinations } from '../../lib/events/destination.ts';
import { isObject } from '../../lib/schema/is-object.ts';
import { destinations, sources, stageName } from '../stage.ts';
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
  /** By default that of the stage `local`. A run keeps the one that it started with. */
  readonly delivery?: StageDelivery;
}

export const ownStage = (): LocalStage => ({ name: stageName, destinations, sources, consent: 'always' });

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
    delivery: deliveryOf(settings),
  };
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
