/**
 * A stage as the commands see it. Addresses are looked up on first use: with `--url` and `--key`, no AWS credentials are
 * used and the SDK is not loaded (it doubles the memory). The stage `local` is the gateway of `npm start`.
 */
import type { SQSClient } from '@aws-sdk/client-sqs';
import { isStageName, secretsPrefix } from '../../lib/config/names.ts';
import { isLoopbackUrl } from '../../lib/schema/base-url.ts';
import type { SecretsAddress } from '../../lib/secrets/secrets-manager.ts';
import { credentials, region } from '../../local/stage.ts';
import { unavailable, usageError } from '../errors/cli-error.ts';
import { checkBaseUrl } from '../gateway/base-url.ts';
import { terminal } from '../terminal/io.ts';
import { checkStageExists } from './known-stages.ts';
import type { LocalSettings } from './local-settings.ts';
import { findLocal } from './local-stage.ts';
import { findStack, regionOf, type StackOutputs } from './stack-outputs.ts';
import type { SharedOptions } from './stage-command.ts';
import { stageKey } from './stage-key.ts';
import type { StageSecrets } from './write-secret.ts';

export interface Stage {
  readonly name: string;
  /** The stage `local` of this machine. */
  readonly isLocal: boolean;
  /** The first part of the names of the stage's secrets. */
  readonly secretsPrefix: string;
  /** `--url` or TIKTOK_EVENTS_URL names an API that need not be of the stage. */
  readonly hasOtherUrl: boolean;
  /** Where events go, as the user gave it: the state of a sync belongs to it. */
  readonly target: string;
  /** Base URL of the HTTP API, without a slash at its end. */
  apiUrl(): Promise<string>;
  /** The API key: `--key`, TIKTOK_EVENTS_KEY, the one saved for this user, or that of the stage `local`. */
  apiKey(): Promise<string>;
  queueUrl(): Promise<string>;
  deadLetterQueueUrl(): Promise<string>;
  sqs(): Promise<SQSClient>;
  secrets(): Promise<StageSecrets>;
  /** Where the gateway of this machine sends events; undefined for others, or when it does not say. */
  localTikTokUrl(): Promise<string | undefined>;
  /** What the gateway of this machine runs; undefined for other stages. */
  localSettings(): Promise<LocalSettings | undefined>;
  /** True when a change stays on this machine: then commands do not ask for confirmation. */
  isOnThisMachine(): Promise<boolean>;
}

/** Far from the region, a handshake alone can take a second. */
const secretsTimeoutMs = 10_000;

export function openStage(options: SharedOptions): Stage {
  const { stage: name } = options;
  if (!isStageName(name)) throw usageError('A stage name has lower-case letters, digits and - only.');
  const urlAsGiven = options.url ?? terminal().env.TIKTOK_EVENTS_URL;
  const givenUrl = checkBaseUrl(urlAsGiven);
  const isLocal = name === 'local';
  if (givenUrl === undefined) checkStageExists(name);
  const found = once(() => (isLocal ? findLocal() : findStack(name)));
  const output = async (key: 'ApiUrl' | 'QueueUrl' | 'DeadLetterQueueUrl') => (await found())[key];
  const apiUrl = async () => givenUrl ?? (await output('ApiUrl'));
  const secrets = once(async () => {
    const address = isLocal ? await localSecrets(found) : { region: await regionOf(name) };
    const { createSecretsClient } = await import('../../lib/secrets/secrets-manager.ts');
    return createSecretsClient(secretsTimeoutMs, address);
  });

  return {
    name,
    isLocal,
    secretsPrefix: secretsPrefix(name),
    hasOtherUrl: givenUrl !== undefined,
    target: urlAsGiven || `stage ${name}`,
    apiUrl,
    apiKey: once(async () => stageKey({ given: options.key, name, apiUrl })),
    queueUrl: () => output('QueueUrl'),
    deadLetterQueueUrl: () => output('DeadLetterQueueUrl'),
    sqs: once(async () => connectSqs(name, isLocal ? await output('QueueUrl') : undefined)),
    secrets,
    localTikTokUrl: async () => (isLocal ? (await found()).TikTokApiUrl : undefined),
    localSettings: async () => (isLocal ? (await found()).LocalSettings : undefined),
    isOnThisMachine: async () => (givenUrl === undefined ? isLocal : isLoopbackUrl(givenUrl)),
  };
}

/** @param localQueueUrl its origin is the endpoint on this machine */
async function connectSqs(name: string, localQueueUrl: string | undefined): Promise<SQSClient> {
  const { SQSClient } = await import('@aws-sdk/client-sqs');
  if (localQueueUrl === undefined) return new SQSClient({ region: await regionOf(name), maxAttempts: 5 });
  const endpoint = new URL(localQueueUrl).origin;
  return new SQSClient({ region, endpoint, credentials, maxAttempts: 2 });
}

/** Never the user's own credentials: the secrets on this machine are not at AWS. */
async function localSecrets(found: () => Promise<StackOutputs>): Promise<SecretsAddress> {
  const given = checkBaseUrl(
    terminal().env.AWS_ENDPOINT_URL_SECRETS_MANAGER,
    'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  );
  const endpoint = given ?? (await found()).SecretsManagerUrl;
  if (endpoint === undefined) {
    throw unavailable(
      'The local secrets were not found: is `npm start` running? (AWS_ENDPOINT_URL_SECRETS_MANAGER names another place.)',
    );
  }
  if (given === undefined && !isLoopbackUrl(endpoint))
    throw unavailable(
      'The program on PORT keeps its secrets outside this machine: it is not the gateway of npm start. Nothing was sent.',
    );
  return { endpoint, region, credentials };
}

/** Looks up once, also when several ask at the same time. */
function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
