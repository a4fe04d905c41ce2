/** The environment that the functions read: the same names that the stack sets, with local endpoints behind them. */
import { delivery, destinations, region, secretsPrefix, sources, stageName } from '../stage.ts';

export interface Endpoints {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly secretsManagerUrl: string;
  readonly tiktokApiUrl: string;
}

/** What a developer's shell may hold and would lead the AWS SDK away from this machine. */
const foreignSettings = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_ENDPOINT_URL',
] as const;

export function functionEnvironment(endpoints: Endpoints): Record<string, string> {
  return {
    STAGE: stageName,
    DESTINATIONS: JSON.stringify(destinations),
    SOURCES: JSON.stringify(sources),
    DELIVERY: JSON.stringify(delivery),
    QUEUE_URL: endpoints.queueUrl,
    DEAD_LETTER_QUEUE_URL: endpoints.deadLetterQueueUrl,
    SECRETS_PREFIX: secretsPrefix,
    TIKTOK_API_URL: endpoints.tiktokApiUrl,
    // Each call names its queue by URL; without this the SDK warns that the URL is of another host than the region's.
    AWS_ENDPOINT_URL_SQS: new URL(endpoints.queueUrl).origin,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManagerUrl,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    POWERTOOLS_LOG_LEVEL: process.env.POWERTOOLS_LOG_LEVEL ?? 'INFO',
    POWERTOOLS_SERVICE_NAME: 'tiktok-events',
    POWERTOOLS_METRICS_NAMESPACE: 'TikTokEvents',
  };
}

/** Sets it for the functions of this process; the returned function puts back what was there. */
export function applyEnvironment(environment: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env };
  for (const name of foreignSettings) delete process.env[name];
  Object.assign(process.env, environment);
  return () => {
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, before);
  };
}
