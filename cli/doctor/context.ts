/** The shared parts of all checks of `doctor`: the stage, its settings, its secrets, its journal, and TikTok's address. */
import type { CollectSettings } from '../../lib/collect/settings.ts';
import { readStage } from '../../lib/config/read-stage.ts';
import { readStageText } from '../../lib/config/stage-file.ts';
import type { Destinations } from '../../lib/events/destination.ts';
import { destinationSecretName, ingestSecretName, oauthAppSecretName } from '../../lib/secrets/names.ts';
import { decodeIngest, decodeOauthApp, decodeToken } from '../../lib/secrets/secret-values.ts';
import { createTikTokClient, type TikTokClient } from '../../lib/tiktok/client.ts';
import type { Sources } from '../../lib/webhooks/source-settings.ts';
import type { Journal } from '../journal/journal.ts';
import { describeStack } from '../stage/stack-outputs.ts';
import type { Stage } from '../stage/stage.ts';
import { tiktokApiUrl } from '../stage/tiktok-api-url.ts';
import type { Finding } from './finding.ts';

export interface DoctorSettings {
  readonly destinations: Destinations;
  readonly sources: Sources;
  /** Undefined for a stage without a collector. */
  readonly collect?: CollectSettings | undefined;
  /** The longest time between two attempts, in seconds; undefined on this machine, where it is short. */
  readonly longestStepSeconds: number | undefined;
  /** The share of 4xx answers from which on it is worth a look, in percent. */
  readonly clientErrorPercent: number;
}

export interface DoctorContext {
  readonly stage: Stage;
  /** Throws when the stage file is wrong. */
  readonly settings: () => Promise<DoctorSettings>;
  readonly ingest: () => Promise<ReturnType<typeof decodeIngest>>;
  readonly oauthApp: () => Promise<ReturnType<typeof decodeOauthApp>>;
  readonly token: (destination: string) => Promise<ReturnType<typeof decodeToken>>;
  /** TikTok at the base URL of the destination. */
  readonly tiktok: (destination: string) => Promise<TikTokClient>;
  readonly journal: () => Promise<Pick<Journal, 'lines'>>;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export type DoctorCheck = (context: DoctorContext) => Promise<readonly Finding[]>;

export function createContext(stage: Stage, signal: AbortSignal): DoctorContext {
  const decoded = async <Value>(name: string, decode: (name: string, text: string | undefined) => Value) =>
    decode(name, await (await stage.secrets()).read(name));
  return {
    stage,
    settings: () => settingsOf(stage),
    ingest: () => decoded(ingestSecretName(stage.secretsPrefix), decodeIngest),
    oauthApp: () => decoded(oauthAppSecretName(stage.secretsPrefix), decodeOauthApp),
    token: (destination) => decoded(destinationSecretName(stage.secretsPrefix, destination), decodeToken),
    tiktok: async (destination) => createTikTokClient(await tiktokApiUrl(stage, destination)),
    journal: async () => (await import('../journal/open-journal.ts')).openJournal(stage),
    now: Date.now,
    signal,
  };
}

async function settingsOf(stage: Stage): Promise<DoctorSettings> {
  const local = await stage.localSettings();
  if (local !== undefined)
    return { ...local, longestStepSeconds: undefined, clientErrorPercent: Number.POSITIVE_INFINITY };
  // A stage without its file and without a stack is one problem: the stack's error says both.
  if (readStageText(stage.name) === undefined) await describeStack(stage.name);
  const { destinations, sources, collect, delivery, alarms } = readStage(stage.name);
  const steps = [...delivery.retryStepsSeconds, ...delivery.holdStepsSeconds];
  return {
    destinations,
    sources,
    collect,
    longestStepSeconds: Math.max(...steps),
    clientErrorPercent: alarms.clientErrorPercent,
  };
}
