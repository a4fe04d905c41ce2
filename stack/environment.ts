/** The environment of each function, made from the stage file: each gets only the settings that it reads. */

import {
  deadLetterQueueName,
  metricNamespace,
  queueName,
  secretsPrefix,
  serviceName,
} from '../lib/config/names.ts';
import { StageError } from '../lib/config/read-stage.ts';
import type { StageSettings } from '../lib/config/stage.ts';
import { stageFileName } from '../lib/config/stage-file.ts';
import { ref } from './cloudformation.ts';
import { type FunctionName, functionNames } from './names.ts';

type Value = string | { readonly Ref: string };
type Environment = Readonly<Record<string, Value>>;

/** Lambda's limit on the names and values of one function together. */
const maximumBytes = 4096;

/** @throws StageError when the settings of a function are longer than Lambda accepts */
export function environments(stage: StageSettings, stageName: string): Record<FunctionName, Environment> {
  const all = allEnvironments(stage, stageName);
  for (const name of functionNames) {
    const bytes = environmentBytes(all[name], stageName);
    if (bytes <= maximumBytes) continue;
    throw new StageError(
      `${stageFileName(stageName)}: destinations, sources and delivery are too long together: the function ${name} ` +
        `would need ${bytes} of the ${maximumBytes} bytes that Lambda gives its environment. ` +
        'Move some destinations and sources to a stage of their own.',
    );
  }
  return all;
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
    ingest: { ...http, ...work, ...queueUrl, ...consent },
    webhook: { ...http, ...work, ...queueUrl, SOURCES: JSON.stringify(stage.sourcesAsWritten) },
    deliver: {
      ...common,
      ...work,
      ...queueUrl,
      ...consent,
      DEAD_LETTER_QUEUE_URL: ref('DeadLetterQueue'),
      DELIVERY: JSON.stringify(deliverySettings),
      TIKTOK_API_URL: delivery.tiktokApiUrl,
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

/** Queue URLs are known only at deployment, so this counts their longest form. */
function environmentBytes(environment: Environment, stageName: string): number {
  const url = (logicalId: string) =>
    `https://sqs.ap-southeast-99.amazonaws.com.cn/123456789012/${
      logicalId === 'EventQueue' ? queueName(stageName) : deadLetterQueueName(stageName)
    }`;
  return Object.entries(environment).reduce((sum, [name, value]) => {
    const text = typeof value === 'string' ? value : url(value.Ref);
    return sum + Buffer.byteLength(name) + Buffer.byteLength(text);
  }, 0);
}
