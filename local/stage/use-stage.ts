/** Makes the stand-ins fit a stage: its secrets exist, the sandbox knows its pixels, and commands can ask for its settings. */
import type { CollectSettings } from '../../lib/collect/settings.ts';
import type { BrowserSettings } from '../../lib/collect/wire.ts';
import type { SecretsManagerServer } from '../secrets-manager/secrets-manager.ts';
import type { Sandbox } from '../tiktok-sandbox/sandbox.ts';
import type { LocalStage } from './local-stage.ts';
import { type AddedSecrets, createSecretKeeper } from './secret-keeper.ts';

/** The stand-ins that depend on the stage. */
export interface StageParts {
  readonly secrets: SecretsManagerServer;
  readonly apiKey: string;
  readonly sandbox: Sandbox;
  /** Publishes `GET /_sandbox/info`. */
  readonly publish: (settings: StageInfo) => void;
}

/** The settings of the stage that runs, for the command line. No secret is among them. */
export type StageInfo = Omit<LocalStage, 'name' | 'delivery' | 'collector'> & {
  readonly stage: string;
  readonly collect?: CollectSettings | undefined;
  /** What goes into the browser script. */
  readonly browser?: BrowserSettings | undefined;
};

/** @returns a function that makes the stand-ins fit another version of the stage, and returns the secrets that are new */
export function createStageUse({ secrets, apiKey, sandbox, publish }: StageParts) {
  const keeper = createSecretKeeper(secrets, apiKey);
  return async (stage: LocalStage): Promise<AddedSecrets> => {
    const added = await keeper.fill(stage);
    for (const { accessToken } of added.destinations) sandbox.tokens.add(accessToken);
    // Those of an earlier version stay: a batch in progress may still name them.
    for (const { pixelCode } of Object.values(stage.destinations)) sandbox.pixels.add(pixelCode);
    const { name, delivery: _, collector, ...settings } = stage;
    publish({ stage: name, ...settings, collect: collector?.settings, browser: collector?.browser });
    return added;
  };
}
