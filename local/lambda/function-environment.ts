/** The environment of the functions: the names that the stack sets, with local endpoints. */
import { metricNamespace, serviceName } from '../../lib/config/names.ts';
import type { LocalStage } from '../stage/local-stage.ts';
import { ownDelivery } from '../stage/stage-delivery.ts';
import { region, secretsPrefix, stageName } from '../stage.ts';

export interface Endpoints {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly secretsManagerUrl: string;
  readonly tiktokApiUrl: string;
  readonly platformApiUrl: string;
  /** Where the browser script of the stage is. */
  readonly browserFolder: string;
  /** What the function `sync` needs besides. */
  readonly sync: Readonly<Record<string, string>>;
}

/** Variables of a developer's shell that would make the AWS SDK leave this machine. */
const foreignSettings = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_ENDPOINT_URL',
] as const;

/** The queues and secrets keep the names of the stage `local`, whichever stage file runs. */
export function functionEnvironment(stage: LocalStage, endpoints: Endpoints): Record<string, string> {
  return {
    STAGE: stageName,
    ...stageVariables(stage),
    DELIVERY: JSON.stringify((stage.delivery ?? ownDelivery).settings),
    QUEUE_URL: endpoints.queueUrl,
    DEAD_LETTER_QUEUE_URL: endpoints.deadLetterQueueUrl,
    SECRETS_PREFIX: secretsPrefix,
    TIKTOK_API_URL: endpoints.tiktokApiUrl,
    PLATFORM_API_URL: endpoints.platformApiUrl,
    BROWSER_FOLDER: endpoints.browserFolder,
    // Every call names its queue by URL; without this variable the SDK warns that the URL is on another host.
    AWS_ENDPOINT_URL_SQS: new URL(endpoints.queueUrl).origin,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManagerUrl,
    ...endpoints.sync,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    POWERTOOLS_LOG_LEVEL: process.env.POWERTOOLS_LOG_LEVEL ?? 'INFO',
    POWERTOOLS_SERVICE_NAME: serviceName,
    POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
  };
}

/** The variables that differ between two versions of a stage file. */
export const stageVariables = ({ destinations, sources, consent, collector, syncs = {} }: LocalStage) => ({
  DESTINATIONS: JSON.stringify(destinations),
  SOURCES: JSON.stringify(sources),
  CONSENT: consent,
  COLLECT: JSON.stringify(collector?.settings ?? {}),
  COLLECT_BOTS: 'keep',
  SYNCS: JSON.stringify(syncs),
});

/**
 * Sets the environment for the functions of this process.
 * @returns a function that restores the previous environment
 */
export function applyEnvironment(environment: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env };
  for (const name of foreignSettings) delete process.env[name];
  Object.assign(process.env, environment);
  return () => {
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, before);
  };
}
