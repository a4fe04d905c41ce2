/**
 * The environment of each function, made from the stage file: each gets only the settings that it reads. Settings that
 * are too long for it travel as a file in the function's zip.
 */

import {
  deadLetterQueueName,
  metricNamespace,
  queueName,
  secretsPrefix,
  serviceName,
  settingsFileName,
  stackName,
  syncTableName,
} from '../lib/config/names.ts';
import type { StageSettings } from '../lib/config/stage.ts';
import { ref } from './cloudformation.ts';
import { type FunctionName, functionsOf } from './names.ts';

type Value = string | { readonly Ref: string };
type Environment = Readonly<Record<string, Value>>;

/** Lambda's limit on the names and values of one function together. */
const maximumBytes = 4096;

interface FunctionSettings {
  readonly environment: Environment;
  /** The JSON of the settings file in the zip; undefined when the environment holds all settings. */
  readonly file: string | undefined;
}

/** @returns the environment of each function, small enough for Lambda */
export function environments(stage: StageSettings, stageName: string): Record<FunctionName, Environment> {
  const all = allEnvironments(stage, stageName);
  const of = (name: FunctionName) => fitted(all[name], stageName).environment;
  return {
    ingest: of('ingest'),
    webhook: of('webhook'),
    collect: of('collect'),
    deliver: of('deliver'),
    sync: of('sync'),
    oauth: of('oauth'),
    meta: of('meta'),
  };
}

/** @returns the JSON of each settings file, by function; functions whose environment holds everything have none */
export function settingsFiles(stage: StageSettings, stageName: string): ReadonlyMap<string, string> {
  const all = allEnvironments(stage, stageName);
  const files = functionsOf(stage).map((name) => [name, fitted(all[name], stageName).file] as const);
  return new Map(files.flatMap(([name, file]) => (file === undefined ? [] : [[name, file] as const])));
}

/** Moves the longest setting into the file until the others fit into the environment. */
function fitted(environment: Environment, stageName: string): FunctionSettings {
  const texts = Object.entries(environment).filter(([, value]) => typeof value === 'string');
  const longestFirst = texts.toSorted(([, a], [, b]) => String(b).length - String(a).length);
  let kept = environment;
  const moved: Record<string, Value> = {};
  for (const [name, value] of longestFirst) {
    if (environmentBytes(kept, stageName) <= maximumBytes) break;
    moved[name] = value;
    const { [name]: _moved, ...others } = kept;
    kept = { ...others, SETTINGS_FILE: settingsFileName };
  }
  return { environment: kept, file: kept === environment ? undefined : JSON.stringify(moved) };
}

function allEnvironments(stage: StageSettings, stageName: string): Record<FunctionName, Environment> {
  const { delivery } = stage;
  const common = {
    STAGE: stageName,
    POWERTOOLS_SERVICE_NAME: serviceName,
    POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
    POWERTOOLS_LOG_LEVEL: stage.logs.level,
  };
  const digests = stage.api.originSecretSha256;
  const http = { ...common, ...(digests ? { ORIGIN_SECRET_SHA256: digests.join() } : {}) };
  const work = {
    DESTINATIONS: JSON.stringify(stage.destinations),
    SECRETS_PREFIX: secretsPrefix(stageName),
  };
  const deliverySettings = {
    retryStepsSeconds: delivery.retryStepsSeconds,
    holdStepsSeconds: delivery.holdStepsSeconds,
    maxReceiveCount: delivery.maxReceiveCount,
  };
  const queueUrl = { QUEUE_URL: ref('EventQueue') };
  const consent = stage.api.consent === undefined ? {} : { CONSENT: stage.api.consent };
  return {
    ingest: {
      ...http,
      ...work,
      ...queueUrl,
      ...consent,
      ...(stage.api.corsOrigins.length > 0 && { CORS_ORIGINS: stage.api.corsOrigins.join() }),
    },
    webhook: { ...http, ...work, ...queueUrl, SOURCES: JSON.stringify(stage.sourcesAsWritten) },
    collect: {
      ...http,
      ...queueUrl,
      DESTINATIONS: work.DESTINATIONS,
      COLLECT: JSON.stringify(stage.collect ?? {}),
    },
    deliver: {
      ...common,
      ...work,
      ...queueUrl,
      ...consent,
      DEAD_LETTER_QUEUE_URL: ref('DeadLetterQueue'),
      DELIVERY: JSON.stringify(deliverySettings),
      TIKTOK_API_URL: delivery.tiktokApiUrl,
    },
    sync: {
      ...common,
      ...queueUrl,
      ...consent,
      DESTINATIONS: work.DESTINATIONS,
      SYNCS: JSON.stringify(stage.syncs),
      SYNC_TABLE: ref('SyncTable'),
      NOTICE_TOPIC_ARN: ref('AlarmTopic'),
    },
    oauth: {
      ...http,
      ...work,
      TIKTOK_API_URL: delivery.tiktokApiUrl,
      ...(stage.api.publicUrl ? { PUBLIC_URL: stage.api.publicUrl } : {}),
    },
    meta: http,
  };
}

/** What a reference becomes is known only at deployment, so this counts its longest form. */
function environmentBytes(environment: Environment, stageName: string): number {
  const url = 'https://sqs.ap-southeast-99.amazonaws.com.cn/123456789012/';
  const longest: Readonly<Record<string, string>> = {
    EventQueue: url + queueName(stageName),
    DeadLetterQueue: url + deadLetterQueueName(stageName),
    SyncTable: syncTableName(stageName),
    AlarmTopic: `arn:aws-cn:sns:ap-southeast-99:123456789012:${stackName(stageName)}-AlarmTopic-123456789012`,
  };
  return Object.entries(environment).reduce((sum, [name, value]) => {
    const text = typeof value === 'string' ? value : (longest[value.Ref] ?? '');
    return sum + Buffer.byteLength(name) + Buffer.byteLength(text);
  }, 0);
}
